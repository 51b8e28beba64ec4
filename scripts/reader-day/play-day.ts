import { isDeepStrictEqual } from 'node:util';
import type { DayStep, Expected } from './day-plan.ts';
import type { DayStage } from './day-stage.ts';
import type { Told, WatchedReader } from './watched-reader.ts';

/** One step as it went. */
export interface DayRow {
  /** Since the day began. */
  readonly atMs: number;
  readonly done: string;
  /** What the reader said, in words without a name or a number. */
  readonly said: readonly string[];
  /** From the deed to the last thing that was said about it; null when nothing was to be said. */
  readonly tookMs: number | null;
  /** What was wrong; empty when all was as it has to be. */
  readonly wrong: readonly string[];
}

const WITHIN_MS = 4000;
/** How long is listened for what nobody expects, after a step. */
const LINGER_MS = 150;
/** How long a card that can't be read stays away, so that the next one is a new one. */
const QUIET_MS = 700;

/** Plays the steps one after another and compares what is told with what has to be. */
export async function playDay(
  steps: readonly DayStep[],
  stage: DayStage,
  reader: WatchedReader,
  onRow: (row: DayRow) => void,
): Promise<readonly DayRow[]> {
  const beganMs = performance.now();
  const rows: DayRow[] = [];
  for (const step of steps) {
    const startMs = performance.now();
    await step.act(stage);
    const { expected } = step;
    const told = expected.length === 0 ? [] : await reader.take(expected.length, step.withinMs ?? WITHIN_MS);
    const tookMs = told.length === 0 ? null : performance.now() - startMs;
    const unexpected = await reader.take(Infinity, expected.length === 0 ? QUIET_MS : LINGER_MS);
    const row = {
      atMs: startMs - beganMs,
      done: step.done,
      said: [...told, ...unexpected].map(wordsOf),
      tookMs,
      wrong: [...comparison(expected, told, stage), ...unexpected.map(({ event }) => `not expected: ${event}`)],
    };
    rows.push(row);
    onRow(row);
  }
  return rows;
}

function comparison(expected: readonly Expected[], told: readonly Told[], stage: DayStage): readonly string[] {
  return expected.flatMap((each, at) => {
    const said = told[at];
    if (said === undefined) return [`missed: ${each.event}`];
    const wrong = said.event === each.event ? difference(each, said, stage) : `${said.event} instead of ${each.event}`;
    return wrong === null ? [] : [wrong];
  });
}

/** What is wrong with an event of the right kind; never a value of a card. */
function difference(expected: Expected, told: Told, stage: DayStage): string | null {
  switch (expected.event) {
    case 'card': {
      const card = stage.cardOf(expected.card);
      if (told['type'] !== card.kind) return 'WRONG IDENTITY: another kind of card';
      if (!isDeepStrictEqual(told['fields'], card.fields)) return 'WRONG IDENTITY: other fields than the card has';
      if ((told['photo'] as { decoded?: unknown }).decoded !== card.hasPortrait) return 'the portrait was not decoded';
      const bytes = expected.withoutFingerprints ? undefined : card.fingerprintBytes;
      const found = (told['fingerprint'] as { bytes?: unknown } | undefined)?.bytes;
      return found === bytes ? null : 'another number of fingerprints';
    }
    case 'ready': {
      const { baud } = told['reader'] as { baud?: unknown };
      return expected.baud === undefined || baud === expected.baud ? null : `at ${String(baud)} baud`;
    }
    case 'lost':
    case 'problem': {
      const { code } = told['error'] as { code?: unknown };
      return code === expected.code ? null : `${String(code)} instead of ${expected.code}`;
    }
    default:
      return null;
  }
}

/** An event without anything of the card but its kind. */
function wordsOf(told: Told): string {
  if (told.event === 'card') return `card ${String(told['type'])}`;
  const error = told['error'] as { code?: unknown } | undefined;
  if (error) return `${told.event} ${String(error.code)}`;
  const reader = told['reader'] as { baud?: unknown } | undefined;
  return typeof reader?.baud === 'number' ? `${told.event} ${reader.baud} baud` : told.event;
}
