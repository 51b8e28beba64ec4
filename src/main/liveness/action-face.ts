import type { ProgressHint } from '../../shared/domain/challenge.ts';
import type { MeshFrame } from '../../shared/domain/framed-judge.ts';
import { signalsOf, type FaceSignals } from './action-signals.ts';

/** Longer without a face, and it may be another one. */
const LOST_AFTER_MS = 300;
/** Pixels in a centimetre of the face below which eyelids can't be told apart: 45 pixels between the eyes' corners. */
const MIN_SCALE = 5;
/**
 * How far a face's middle can move in a fifteenth of a second, as a share of the distance between the outer corners of
 * the eyes; the fastest turn of 20 clips moved 0.35.
 */
const MAX_STEP = 0.6;
const STEP_MS = 1_000 / 15;
/** Cosine with the first frames' face: surely another person, and another person when it is seen twice in a row. */
const OTHER_FACE = 0.25;
const PROBABLY_OTHER_FACE = 0.4;
/** Turned further, one person's embeddings differ like two persons'. */
const COMPARED_WITHIN_DEGREES = 20;

export type FaceSight =
  /** The same face as before, with its signals. */
  | { readonly state: 'same'; readonly face: FaceSignals; readonly mesh: Float32Array }
  /** Nothing can be counted in this frame, but nothing has been lost either. */
  | { readonly state: 'blinked-out' }
  /** Everything starts anew. */
  | { readonly state: 'interrupted'; readonly hint: ProgressHint };

/** Follows whether it is one and the same face that is seen. */
export interface FaceTrack {
  see(frame: MeshFrame): FaceSight;
  /** Another person's face was seen. */
  readonly swapped: boolean;
  /** How long more than one face was there. */
  readonly severalMs: number;
  readonly facesSeen: number;
  readonly jumps: number;
  readonly leastSimilarity: number | null;
}

/** Follows the one face of a challenge, frame by frame in order of time. */
export function trackFace(): FaceTrack {
  let last: FaceSignals | null = null;
  let lastAtMs: number | null = null;
  let unlike = 0;
  const counts = { swapped: false, severalMs: 0, facesSeen: 0, jumps: 0, least: null as number | null };

  const compare = ({ similarity }: MeshFrame, { yaw, pitch }: FaceSignals): void => {
    if (similarity === null || Math.hypot(yaw, pitch) > COMPARED_WITHIN_DEGREES) return;
    counts.least = Math.min(counts.least ?? 1, similarity);
    unlike = similarity < PROBABLY_OTHER_FACE ? unlike + 1 : 0;
    if (similarity < OTHER_FACE || unlike >= 2) counts.swapped = true;
  };

  const jumped = (face: FaceSignals, tracked: boolean): boolean => {
    if (!last) return false;
    const elapsedMs = face.atMs - last.atMs;
    const step = Math.hypot(face.x - last.x, face.y - last.y) / last.eyeDistance;
    return !tracked || elapsedMs > LOST_AFTER_MS || step > MAX_STEP * Math.max(1, elapsedMs / STEP_MS);
  };

  const interrupted = (hint: ProgressHint): FaceSight => {
    last = null;
    return { state: 'interrupted', hint };
  };

  return {
    see: (frame) => {
      const sinceMs = lastAtMs === null ? 0 : frame.capturedAtMs - lastAtMs;
      lastAtMs = frame.capturedAtMs;
      if (frame.faces > 1) {
        counts.severalMs += sinceMs;
        return interrupted('several-faces');
      }
      if (!frame.mesh || !isFinite(frame.mesh)) {
        const lost = !last || frame.capturedAtMs - last.atMs > LOST_AFTER_MS;
        return lost ? interrupted('no-face') : { state: 'blinked-out' };
      }
      counts.facesSeen++;
      const face = signalsOf(frame.mesh, frame.capturedAtMs);
      compare(frame, face);
      if (face.scale < MIN_SCALE) return interrupted('too-far');
      if (jumped(face, frame.tracked)) {
        counts.jumps++;
        return interrupted('again');
      }
      last = face;
      return { state: 'same', face, mesh: frame.mesh };
    },
    get swapped() {
      return counts.swapped;
    },
    get severalMs() {
      return counts.severalMs;
    },
    get facesSeen() {
      return counts.facesSeen;
    },
    get jumps() {
      return counts.jumps;
    },
    get leastSimilarity() {
      return counts.least;
    },
  };
}

function isFinite(mesh: Float32Array): boolean {
  return mesh.every(Number.isFinite);
}
