/** One window of audio as the voice detector sees it. */
export interface VoiceWindow {
  /** When its first sample was heard, on the frames' clock. */
  readonly startMs: number;
  readonly durationMs: number;
  /** Probability of speech, 0–1. */
  readonly speech: number;
  /** Root mean square of its samples, full scale is 1. */
  readonly level: number;
  /** Share of its samples at full scale, 0–1. */
  readonly clipped: number;
}

/** A stretch of speech between two silences. */
export interface VoicedBurst {
  readonly startMs: number;
  readonly endMs: number;
}

/** Speech begins at the first and goes on down to the second probability, as the detector's makers advise. */
const SPEECH_BEGINS = 0.5;
const SPEECH_GOES_ON = 0.35;
/** A gap as short as this is inside a word: the closure of a stop lasts up to about 100 ms. */
const GAP_INSIDE_WORD_MS = 100;

/** The stretches of speech in windows that are in order of time; a hole in the audio ends a stretch. */
export function voicedBursts(windows: readonly VoiceWindow[]): readonly VoicedBurst[] {
  const bursts: { startMs: number; endMs: number }[] = [];
  let speaking = false;
  for (const { startMs, durationMs, speech } of windows) {
    const last = bursts.at(-1);
    const continues = last !== undefined && startMs - last.endMs <= GAP_INSIDE_WORD_MS;
    speaking = speech >= (speaking && continues ? SPEECH_GOES_ON : SPEECH_BEGINS);
    if (!speaking) continue;
    if (continues) last.endMs = startMs + durationMs;
    else bursts.push({ startMs, endMs: startMs + durationMs });
  }
  return bursts;
}

/**
 * How long one spoken digit lasts: 120–600 ms are usual; slow speakers and a room's echo take longer. A window of the
 * detector's, 32 ms, is how exactly that is known.
 */
export const DIGIT_MS = [120 - 32, 900 + 32] as const;
/** How long after its digit appeared somebody begins to say it. Earlier is no reaction to it. */
export const REACTION_MS = [150, 1_200] as const;

/** A digit that was answered by a burst of speech. */
export interface DigitAnswer {
  /** Which digit, from 0. */
  readonly index: number;
  readonly reactionMs: number;
  readonly burst: VoicedBurst;
}

/**
 * Which digits were answered: each by a burst of its own, of a digit's length, that begins in the time allowed, in
 * order. As each takes the first burst that fits, no other assignment answers more.
 *
 * @param shownAtMs when each digit appeared, in order.
 */
export function answersTo(shownAtMs: readonly number[], bursts: readonly VoicedBurst[]): readonly DigitAnswer[] {
  const answers: DigitAnswer[] = [];
  let next = 0;
  for (const [index, shownMs] of shownAtMs.entries()) {
    while (next < bursts.length && !(fits(bursts[next]!) && bursts[next]!.startMs - shownMs >= REACTION_MS[0])) next++;
    const burst = bursts[next];
    if (!burst || burst.startMs - shownMs > REACTION_MS[1]) continue;
    answers.push({ index, reactionMs: burst.startMs - shownMs, burst });
    next++;
  }
  return answers;
}

function fits({ startMs, endMs }: VoicedBurst): boolean {
  const durationMs = endMs - startMs;
  return durationMs >= DIGIT_MS[0] && durationMs <= DIGIT_MS[1];
}
