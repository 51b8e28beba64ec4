import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { lipsMoved, lipSync, type LipSample } from './lip-sync.ts';
import { answersTo, voicedBursts, type DigitAnswer, type VoiceWindow } from './speech-timing.ts';

/** All that a run of digits brought. Times are milliseconds on the frames' clock. */
export interface DigitsObservation {
  /** How many digits the challenge has. */
  readonly count: number;
  /** When each digit appeared, as far as it came. */
  readonly shownAtMs: readonly number[];
  readonly sound: readonly VoiceWindow[];
  readonly lips: readonly LipSample[];
  readonly frames: number;
  readonly framesWithoutFace: number;
  readonly framesWithSeveralFaces: number;
  /** Smallest cosine of a frame's face with the first one; null when no two were compared. */
  readonly similarityMin: number | null;
}

/** One digit may go unheard: the rule of Tencent's digit liveness, three of four. */
const ALLOWED_MISSES = 1;
/** Bursts that answer nothing: a cough, a word. Somebody who makes many of them would hit every digit's time. */
const MAX_STRAY_BURSTS = 2;
/**
 * Least movement of the lips and least agreement with the sound. On ten clips of talking people the gap moved by
 * 0.04–0.16 and the correlation was 0.24–0.79; landmarks of a still mouth tremble by about 0.013.
 */
const MIN_LIP_AMPLITUDE = 0.03;
const MIN_CORRELATION = 0.25;
/** A digit such as 四 or 七 hardly opens the mouth: half of the digits have to move it, by more than trembling. */
const MOVED_SHARE = 0.5;
const MIN_MOVEMENT = 0.015;
/** Lips move from before the sound until after it. */
const LIPS_BEFORE_MS = 250;
const LIPS_AFTER_MS = 250;
/** Less than about 12 pictures a second of the mouth don't show a syllable. */
const MIN_LIP_SAMPLES_PER_SECOND = 12;
const MAX_SHARE_WITHOUT_FACE = 0.2;
const MAX_SHARE_WITH_SEVERAL_FACES = 0.2;
/** A larger share of samples at full scale: nothing can be said about level and lips. */
const MAX_CLIPPED = 0.05;
/** The bound of the light judge for two live pictures of one face. */
const MIN_SIMILARITY = 0.4;

/**
 * Judges timing and lips; what was said is for a recogniser (`withRecognition`). By itself a pass means: somebody's
 * lips moved with a voice that spoke up after each digit appeared.
 */
export function judgeDigits(observation: DigitsObservation): FramedEvidence {
  const { count, shownAtMs, sound, lips } = observation;
  if (sound.length === 0) return unmeasured('capture.no-speech', 'no sound arrived');
  if (shownAtMs.length < count)
    return unmeasured('challenge.incomplete', `${shownAtMs.length} of ${count} digits shown`);
  const from = shownAtMs[0]!;
  const bursts = voicedBursts(sound).filter(({ startMs }) => startMs >= from);
  const answers = answersTo(shownAtMs, bursts);
  const sync = lipSync(
    lips.filter(({ atMs }) => atMs >= from),
    sound,
  );
  const moved = answers.filter(({ burst }) =>
    lipsMoved(lips, burst.startMs - LIPS_BEFORE_MS, burst.endMs + LIPS_AFTER_MS, MIN_MOVEMENT),
  ).length;
  const found: Findings = {
    answered: answers.length,
    strayBursts: bursts.length - answers.length,
    moved,
    correlation: sync.correlation,
    lipAmplitude: sync.amplitude,
    lipSamplesPerSecond: rateOf(lips.filter(({ atMs }) => atMs >= from)),
    clipped: clippedShare(sound, answers),
  };
  return {
    state: 'measured',
    kind: 'digits',
    refuted: refutedBy(found, observation),
    missing: missingIn(found, observation),
    measures: measuresOf(found, observation, answers, sync.lagMs),
  };
}

interface Findings {
  readonly answered: number;
  readonly strayBursts: number;
  /** Answered digits at which the lips moved. */
  readonly moved: number;
  readonly correlation: number;
  readonly lipAmplitude: number;
  readonly lipSamplesPerSecond: number;
  readonly clipped: number;
}

function spokeInTime({ answered, strayBursts }: Findings, count: number): boolean {
  return answered >= count - ALLOWED_MISSES && strayBursts <= MAX_STRAY_BURSTS;
}

function refutedBy(found: Findings, { count, similarityMin }: DigitsObservation): ReasonCode[] {
  const reasons: ReasonCode[] = [];
  if (similarityMin !== null && similarityMin < MIN_SIMILARITY) reasons.push('liveness.face-swapped');
  // Whether lips and voice belong together can only be said of a voice that answered and lips that were seen.
  if (!spokeInTime(found, count) || found.lipSamplesPerSecond < MIN_LIP_SAMPLES_PER_SECOND) return reasons;
  const inSync =
    found.lipAmplitude >= MIN_LIP_AMPLITUDE &&
    found.correlation >= MIN_CORRELATION &&
    found.moved >= MOVED_SHARE * found.answered;
  if (!inSync && found.clipped <= MAX_CLIPPED) reasons.push('liveness.not-in-sync');
  return reasons;
}

function missingIn(found: Findings, observation: DigitsObservation): ReasonCode[] {
  const { frames, framesWithoutFace, framesWithSeveralFaces, similarityMin, count } = observation;
  const reasons: ReasonCode[] = [];
  if (framesWithSeveralFaces > MAX_SHARE_WITH_SEVERAL_FACES * frames) reasons.push('capture.several-faces');
  if (framesWithoutFace > MAX_SHARE_WITHOUT_FACE * frames) reasons.push('capture.face-left');
  if (!spokeInTime(found, count) || found.clipped > MAX_CLIPPED) reasons.push('capture.no-speech');
  const fewFrames = found.lipSamplesPerSecond < MIN_LIP_SAMPLES_PER_SECOND || similarityMin === null;
  if (fewFrames) reasons.push('capture.too-few-frames');
  return reasons;
}

function measuresOf(
  found: Findings,
  { count, sound, frames, similarityMin }: DigitsObservation,
  answers: readonly DigitAnswer[],
  lagMs: number,
): Record<string, number> {
  const reactions = answers.map(({ reactionMs }) => reactionMs).sort((a, b) => a - b);
  const levels = sound.map(({ level }) => level).sort((a, b) => a - b);
  return {
    digits: count,
    ...found,
    lagMs,
    frames,
    quietDb: decibels(levels[Math.floor(0.1 * (levels.length - 1))]!),
    loudDb: decibels(levels[Math.floor(0.95 * (levels.length - 1))]!),
    ...(reactions.length > 0 ? { reactionMs: reactions[Math.floor(reactions.length / 2)]! } : {}),
    ...(similarityMin === null ? {} : { similarityMin }),
  };
}

function rateOf(lips: readonly LipSample[]): number {
  const spanMs = (lips.at(-1)?.atMs ?? 0) - (lips[0]?.atMs ?? 0);
  return spanMs > 0 ? ((lips.length - 1) * 1_000) / spanMs : 0;
}

/** Share of clipped samples while the digits were said. */
function clippedShare(sound: readonly VoiceWindow[], answers: readonly DigitAnswer[]): number {
  const spoken = sound.filter(({ startMs }) =>
    answers.some(({ burst }) => startMs >= burst.startMs && startMs < burst.endMs),
  );
  return spoken.length === 0 ? 0 : spoken.reduce((sum, { clipped }) => sum + clipped, 0) / spoken.length;
}

/** Relative to full scale; digital silence is −100. */
function decibels(level: number): number {
  return 20 * Math.log10(Math.max(level, 1e-5));
}

function unmeasured(reason: ReasonCode, detail: string): FramedEvidence {
  return { state: 'unmeasured', reason, detail };
}
