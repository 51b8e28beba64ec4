import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { parseBaseReply } from '../../../src/main/card-reader/base-reply.ts';
import { parseReply } from '../../../src/main/card-reader/commands.ts';
import { FrameDecoder, IDLE_GAP_MS, encodeFrame, type FrameEvent } from '../../../src/main/card-reader/frame-codec.ts';
import { parseTextBlock, type CardText } from '../../../src/main/card-reader/layouts.ts';
import { baseData, dataFrame } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { STATUS } from '../../../src/main/card-reader/status-codes.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { numberAgreesWith } from '../../../src/shared/domain/number-agreement.ts';
import { mutated, splitAtRandom } from './frame-mutations.ts';
import { seededRandom, type Random } from './seeded-random.ts';
import { cardOf } from './random-cards.ts';

export interface FuzzReport {
  /** Mutated frames that went in. */
  readonly frames: number;
  /** Of those, how many still were whole and right (the mutation changed nothing that is in the frame). */
  readonly unharmed: number;
  /** Identities that came out of the damaged part of a stream. */
  readonly identities: number;
  /** Identities that no frame with a right checksum in the stream accounts for. */
  readonly invented: number;
  /** Identities of an intact frame that differ from the card that was put in. */
  readonly wrong: number;
  /** Damaged frames whose checksum was right by chance: eight bits of XOR can't tell more. */
  readonly chanceFrames: number;
  /** Of those, identities that differ from the card, and how many of them the number's own check then refuses. */
  readonly chanceIdentities: number;
  readonly chanceRefused: number;
  /** Intact frames behind noise that did not come out once the line was silent, without a chance frame to blame. */
  readonly notResynchronised: number;
  /** Intact frames that a chance frame, which ended inside them, took along. */
  readonly takenAlong: number;
}

interface PooledCard {
  readonly frame: Uint8Array;
  readonly payload: Buffer;
  readonly said: CardText;
}

type Counts = { -readonly [K in keyof FuzzReport]: FuzzReport[K] };

/**
 * Sends `frames` mutated replies, each followed by an intact one and, after silence, by another, through the decoder
 * and the layouts, and counts what came out. Exceptions go through.
 *
 * @param seed decides everything.
 */
export function fuzzFrames(frames: number, seed: number): FuzzReport {
  const random = seededRandom(seed);
  const pool = cardPool(random, seed);
  const counts: Counts = {
    frames,
    unharmed: 0,
    identities: 0,
    invented: 0,
    wrong: 0,
    chanceFrames: 0,
    chanceIdentities: 0,
    chanceRefused: 0,
    notResynchronised: 0,
    takenAlong: 0,
  };
  const decoder = new FrameDecoder();
  let nowMs = 0;
  for (let n = 0; n < frames; n++) nowMs = oneStream(decoder, random, pool, counts, nowMs);
  return counts;
}

function oneStream(
  decoder: FrameDecoder,
  random: Random,
  pool: readonly PooledCard[],
  counts: Counts,
  startMs: number,
): number {
  const [damaged, behind, later] = [random.pick(pool), random.pick(pool), random.pick(pool)];
  const harmed = mutated(damaged.frame, random, () => random.pick(pool).frame);
  const stream = Buffer.concat([harmed, behind.frame]);
  if (Buffer.from(harmed).includes(damaged.payload)) counts.unharmed++;
  let nowMs = startMs;
  const events: FrameEvent[] = [];
  for (const chunk of splitAtRandom(stream, random)) {
    nowMs += random.below(3);
    events.push(...decoder.push(chunk, nowMs));
  }
  nowMs += IDLE_GAP_MS + 1;
  events.push(...decoder.expire(nowMs));
  const chances = judge(payloadsOf(events), stream, pool, counts);
  const found = payloadsOf(events).some((payload) => behind.payload.equals(payload));
  if (!found && chances > 0) counts.takenAlong++;
  if (!found && chances === 0) counts.notResynchronised++;
  const last = payloadsOf(decoder.push(later.frame, nowMs));
  if (last.length !== 1 || !later.payload.equals(last[0]!)) counts.notResynchronised++;
  return nowMs + IDLE_GAP_MS + 1;
}

/** Judges the frames of a stream; the result is how many were right by chance only. */
function judge(payloads: readonly Uint8Array[], stream: Buffer, pool: readonly PooledCard[], counts: Counts): number {
  let chances = 0;
  for (const payload of payloads) {
    const origin = pool.find((card) => card.payload.equals(payload));
    const isChance = !origin && !isStatus(payload);
    if (isChance) chances++;
    const said = identityIn(payload);
    if (!said) continue;
    counts.identities++;
    if (!isAccountedFor(payload, stream)) counts.invented++;
    if (origin) {
      if (!isDeepStrictEqual(said, origin.said)) counts.wrong++;
    } else if (!pool.some((card) => isDeepStrictEqual(said, card.said))) {
      counts.chanceIdentities++;
      if (!numberAgreesWith(said.kind, said.fields).ok) counts.chanceRefused++;
    }
  }
  counts.chanceFrames += chances;
  return chances;
}

/** A reply without data, which other mutations put in. */
function isStatus(payload: Uint8Array): boolean {
  return payload.length === 3;
}

/** The way of a reply through the product, up to the fields. */
function identityIn(payload: Uint8Array): CardText | null {
  const reply = parseReply(payload);
  if (reply.status !== STATUS.ok) return null;
  const blocks = parseBaseReply(reply.data);
  if (!blocks.ok) return null;
  const text = parseTextBlock(blocks.value.text);
  return text.ok ? text.value : null;
}

/** Whether the payload lies in the stream within a frame whose checksum is right, found without the decoder. */
function isAccountedFor(payload: Uint8Array, stream: Buffer): boolean {
  const whole = Buffer.from(encodeFrame(payload)).subarray(1);
  return stream.includes(whole);
}

function payloadsOf(events: readonly FrameEvent[]): Uint8Array[] {
  return events.flatMap((event) => (event.kind === 'frame' ? [event.payload] : []));
}

/** Cards of all kinds, with photos that hold what looks like the beginning of frames. */
function cardPool(random: Random, seed: number): readonly PooledCard[] {
  return CARD_KINDS.flatMap((kind) => fc.sample(cardOf(kind), { numRuns: 8, seed })).map((card) => {
    const encoded = encodeCard(card);
    const photo = Uint8Array.from({ length: 1024 }, () => random.below(256));
    for (let n = 0; n < 8; n++) photo.set([0xaa, 0xaa, 0xaa, 0x96, 0x69, random.below(6), random.below(256)], n * 120);
    const frame = dataFrame(STATUS.ok, baseData({ ...encoded, photo }, false));
    return { frame, payload: Buffer.from(frame.subarray(7, -1)), said: card };
  });
}
