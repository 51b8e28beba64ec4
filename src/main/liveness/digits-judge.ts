import type { ChallengeProgress, DigitsChallenge, ProgressHint } from '../../shared/domain/challenge.ts';
import type { FramedJudge, MeshFrame } from '../../shared/domain/framed-judge.ts';
import type { VoiceDetector } from '../../shared/domain/voice-detector.ts';
import { judgeDigits } from './digits-evidence.ts';
import { lipsOf } from './lip-shape.ts';
import type { LipSample } from './lip-sync.ts';
import { answersTo, DIGIT_MS, REACTION_MS, voicedBursts, type VoiceWindow } from './speech-timing.ts';
import { createVoiceTrack } from './voice-track.ts';

/** After the last digit there is time to begin saying it and to say it. */
const LAST_ANSWER_MS = REACTION_MS[1] + DIGIT_MS[1];
/** Silence that shows that the last digit was said to its end. */
const SILENCE_AT_END_MS = 350;
/** Nothing heard for this long after a digit appeared: it has to be louder. */
const LOUDER_AFTER_MS = 1_300;

/**
 * Judges digits read aloud by the timing of voice and lips. A digit counts as shown from the capture time of the
 * frame whose answer shows it first; at most one appears per frame.
 */
export function createDigitsJudge(challenge: DigitsChallenge, voice: VoiceDetector): FramedJudge {
  const count = challenge.digits.length;
  const track = createVoiceTrack(voice);
  const shownAtMs: number[] = [];
  const lips: LipSample[] = [];
  let firstMs: number | null = null;
  let frames = 0;
  let framesWithoutFace = 0;
  let framesWithSeveralFaces = 0;
  let similarityMin: number | null = null;

  const take = (frame: MeshFrame): void => {
    frames++;
    if (frame.mesh) lips.push({ atMs: frame.capturedAtMs, ...lipsOf(frame.mesh) });
    else framesWithoutFace++;
    if (frame.faces > 1) framesWithSeveralFaces++;
    if (frame.similarity !== null) similarityMin = Math.min(similarityMin ?? 1, frame.similarity);
  };

  return {
    see: (frame) => {
      take(frame);
      const nowMs = frame.capturedAtMs;
      firstMs ??= nowMs;
      const dueMs = challenge.revealMs[shownAtMs.length];
      if (shownAtMs.length < count && dueMs !== undefined && nowMs - firstMs >= dueMs) shownAtMs.push(nowMs);
      return progressOf(challenge, { shownAtMs, nowMs, windows: track.windows(), hint: faceHint(frame) });
    },
    hear: (pcm, startedAtMs) => track.hear(pcm, startedAtMs),
    evidence: () =>
      judgeDigits({
        count,
        shownAtMs,
        sound: track.windows(),
        lips,
        frames,
        framesWithoutFace,
        framesWithSeveralFaces,
        similarityMin,
      }),
    wipe: () => {
      track.wipe();
      lips.length = 0;
      shownAtMs.length = 0;
    },
  };
}

interface Standing {
  readonly shownAtMs: readonly number[];
  readonly nowMs: number;
  readonly windows: readonly VoiceWindow[];
  readonly hint: ProgressHint | null;
}

function progressOf(challenge: DigitsChallenge, standing: Standing): ChallengeProgress {
  const { shownAtMs, nowMs, windows, hint } = standing;
  const count = challenge.digits.length;
  return {
    kind: 'digits',
    shown: challenge.digits.slice(0, shownAtMs.length),
    count,
    hint: hint ?? (isTooQuiet(standing) ? 'louder' : null),
    ended:
      shownAtMs.length === count && (nowMs - shownAtMs.at(-1)! >= LAST_ANSWER_MS || allAnswered(shownAtMs, windows)),
  };
}

function faceHint({ mesh, faces }: MeshFrame): ProgressHint | null {
  if (!mesh) return 'no-face';
  return faces > 1 ? 'several-faces' : null;
}

/** A digit has been there for a while and nobody has spoken since the first one appeared. */
function isTooQuiet({ shownAtMs, nowMs, windows }: Standing): boolean {
  const firstMs = shownAtMs[0];
  if (firstMs === undefined || nowMs - firstMs < LOUDER_AFTER_MS) return false;
  return !voicedBursts(windows).some(({ endMs }) => endMs > firstMs);
}

/** Every digit has its answer, the last one is over and no more is being said. */
function allAnswered(shownAtMs: readonly number[], windows: readonly VoiceWindow[]): boolean {
  const bursts = voicedBursts(windows);
  const heardUntilMs = windows.at(-1) ? windows.at(-1)!.startMs + windows.at(-1)!.durationMs : -Infinity;
  const answers = answersTo(shownAtMs, bursts);
  return answers.length === shownAtMs.length && heardUntilMs - bursts.at(-1)!.endMs >= SILENCE_AT_END_MS;
}
