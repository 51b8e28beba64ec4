import type { ProgressHint, SilentChallenge } from '../../shared/domain/challenge.ts';
import type { FramedJudge, MeshFrame } from '../../shared/domain/framed-judge.ts';
import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { trackFace } from './action-face.ts';
import type { FaceSignals } from './action-signals.ts';
import { CLOSED_SHARE } from './action-watch.ts';
import { motionOf, type SilentMotion } from './silent-motion.ts';

/** Fewer frames in a clip say nothing about small movements. */
const MIN_FRAMES = 16;
const MIN_FRAMES_PER_SECOND = 8;
/** Variance of the Laplacian of the aligned face; the capture's own limit for a usable picture is stricter. */
const MIN_SHARPNESS = 20;
/**
 * Non-rigid movement in 2 s, as a share of the eye corners' distance. Photos held still, or turned by up to 12 degrees
 * at a time, gave 0.0006–0.0034; persons 0.0026–0.04. In between nobody knows.
 */
const MOVES_FROM = 0.0045;
const STILL_BELOW = 0.002;
/** Noise moves the lids of a photo too, by up to a seventh of the opening. */
function blinked({ eyeDip }: SilentMotion): boolean {
  return eyeDip >= 1 - CLOSED_SHARE;
}

/** Share of pictures that were there before to the bit. */
const MAX_REPEATED = 0.3;
/** How many times its length a clip may take to come together. */
const LIMIT = 4;

/**
 * Judges a clip of a person who is asked for nothing. It tells frozen, looped and printed faces from moving ones and
 * nothing more: a video of a person passes, so it is weak without the spoof model's scores and other challenges.
 */
export function createSilentJudge({ durationMs }: SilentChallenge): FramedJudge {
  const track = trackFace();
  let clip: { readonly face: FaceSignals; readonly mesh: Float32Array; readonly frame: MeshFrame }[] = [];
  let hint: ProgressHint | null = null;
  let ended = false;
  let frames = 0;
  let repeated = 0;
  let first: number | null = null;
  let lastAtMs = -Infinity;

  const spanMs = (): number => (clip.length === 0 ? 0 : clip.at(-1)!.face.atMs - clip[0]!.face.atMs);
  const framesPerSecond = (): number => {
    const allMs = lastAtMs - (first ?? lastAtMs);
    return allMs > 0 ? (1_000 * (frames - 1)) / allMs : 0;
  };
  const sharpness = (): number | null => {
    const values = clip.flatMap(({ frame }) => frame.sharpness ?? []);
    return values.length === 0 ? null : values.sort((a, b) => a - b)[values.length >> 1]!;
  };

  const see = (frame: MeshFrame): void => {
    const sight = track.see(frame);
    hint = sight.state === 'interrupted' ? sight.hint : null;
    if (sight.state === 'interrupted') clip = [];
    if (sight.state !== 'same') return;
    clip.push({ face: sight.face, mesh: Float32Array.from(sight.mesh), frame: { ...frame, mesh: null } });
  };

  const refuted = (motion: SilentMotion | null): ReasonCode[] => {
    const reasons: ReasonCode[] = [];
    if (track.swapped) reasons.push('liveness.face-swapped');
    const frozen = frames >= MIN_FRAMES && repeated / frames > MAX_REPEATED;
    const still = motion && motion.nonRigid < STILL_BELOW && !blinked(motion);
    if (frozen || still) reasons.push('liveness.still-picture');
    return reasons;
  };

  const missing = (motion: SilentMotion | null): ReasonCode[] => {
    const reasons: ReasonCode[] = [];
    if (track.facesSeen === 0) reasons.push('capture.no-face');
    if (track.severalMs > 0) reasons.push('capture.several-faces');
    const tooSlow = framesPerSecond() < MIN_FRAMES_PER_SECOND;
    const moves = motion && (motion.nonRigid >= MOVES_FROM || blinked(motion));
    const sharp = (sharpness() ?? 0) >= MIN_SHARPNESS;
    if (tooSlow) reasons.push('camera.too-slow');
    else if (!moves || !sharp) reasons.push('capture.too-few-frames');
    return reasons;
  };

  return {
    see: (frame) => {
      if (!ended && frame.capturedAtMs > lastAtMs) {
        lastAtMs = frame.capturedAtMs;
        first ??= frame.capturedAtMs;
        frames++;
        if (frame.repeated) repeated++;
        see(frame);
        ended = spanMs() >= durationMs || track.swapped || frame.capturedAtMs - first > LIMIT * durationMs;
      }
      return { kind: 'silent', done: Math.min(1, spanMs() / durationMs), hint, ended };
    },
    evidence: (): FramedEvidence => {
      if (first === null) return { state: 'unmeasured', reason: 'capture.too-few-frames', detail: 'no picture came' };
      const whole = clip.length >= MIN_FRAMES && spanMs() >= durationMs;
      const motion = whole ? motionOf(clip) : null;
      const sharp = sharpness();
      return {
        state: 'measured',
        kind: 'silent',
        refuted: refuted(motion),
        missing: missing(motion),
        measures: {
          frames,
          repeatedFrames: repeated,
          framesPerSecond: framesPerSecond(),
          ...(motion ?? {}),
          ...(sharp === null ? {} : { sharpness: sharp }),
          ...(track.leastSimilarity === null ? {} : { similarityMin: track.leastSimilarity }),
        },
      };
    },
    wipe: () => {
      for (const { mesh } of clip) mesh.fill(0);
      clip = [];
    },
  };
}
