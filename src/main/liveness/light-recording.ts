import type { DisplayLog } from '../../shared/domain/challenge.ts';
import type { LightEvidence, LightFrame } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { measureLight, type LightOptions } from './light-measurement.ts';
import {
  distanceMoved,
  isWholeMesh,
  MESH_HOLD_MS,
  meshAt,
  movedBox,
  placeOf,
  type MeshPlace,
  type TimedMesh,
} from './light-mesh-path.ts';
import { samplePatches } from './light-patches.ts';
import type { PatchFrame } from './light-relief.ts';
import { isUsableFrame, measureFrame, type FrameSignal } from './region-signals.ts';
import type { ShownColours } from './stimulus.ts';

/** Two lengths of the longest challenge at 60 frames a second. */
const MAX_FRAMES = 600;

/** The frames of one light challenge, reduced to means of small areas as soon as their mesh is known. */
export interface LightRecording {
  /** Takes a frame; its pixels are kept for at most 400 ms of frames, until a mesh says where the face is in them. */
  add(frame: LightFrame): void;
  /** The face's mesh was looked for in a frame that was added, and no face was there. */
  noteFaceless(): void;
  /** What the frames say about a challenge and the times at which the screen showed it. */
  judge(challenge: ShownColours, display: DisplayLog, options?: LightOptions): LightEvidence;
  /** Zeroes the pixels that are still kept and drops all numbers. */
  wipe(): void;
  readonly frames: number;
}

/** What is kept of the frames. */
export interface LightSignals {
  readonly frames: readonly FrameSignal[];
  readonly patches: readonly PatchFrame[];
  /** Null without a mesh; see `LightMeasurement`. */
  readonly motion: number | null;
  readonly faceless: number | null;
}

/**
 * Starts an empty recording. A malformed frame, one of another size, or more than 600 frames, makes the whole
 * recording unmeasurable rather than being skipped: leaving out chosen frames must never help.
 */
export function createLightRecording(): LightRecording {
  const signals: FrameSignal[] = [];
  const patches: PatchFrame[] = [];
  const waiting: LightFrame[] = [];
  let size: { readonly width: number; readonly height: number } | null = null;
  let last: TimedMesh | null = null;
  let first: MeshPlace | null = null;
  let lastTimeMs = -Infinity;
  let taken = 0;
  let motion: number | null = null;
  let meshes = 0;
  let facelessFrames = 0;
  let refused: { readonly reason: ReasonCode; readonly detail: string } | null = null;

  const reduce = (frame: LightFrame, mesh: Float32Array | null): void => {
    const place = mesh && placeOf(mesh);
    if (place) {
      first ??= place;
      motion = Math.max(motion ?? 0, distanceMoved(first, place));
    }
    const face = place && first ? movedBox(frame.face, first, place) : frame.face;
    const signal = measureFrame({ ...frame, face });
    if (signal) signals.push(signal);
    else {
      const detail = `the face of frame ${signals.length} lies outside of the picture`;
      refused ??= { reason: mesh ? 'capture.face-left' : 'request.invalid', detail };
    }
    if (mesh) patches.push({ capturedAtMs: frame.capturedAtMs, patches: samplePatches(frame, mesh) });
    frame.rgb.fill(0);
  };
  const settle = (next: TimedMesh | null, olderThanMs = Infinity): void => {
    while (waiting[0] && waiting[0].capturedAtMs < olderThanMs) {
      const frame = waiting.shift()!;
      reduce(frame, meshAt(frame.capturedAtMs, last, next));
    }
  };
  const problemOf = (frame: LightFrame): string | null => {
    if (!isUsableFrame(frame)) return `frame ${taken} is malformed`;
    if (taken >= MAX_FRAMES) return `more than ${MAX_FRAMES} frames`;
    if (frame.capturedAtMs < lastTimeMs) return 'frames out of order';
    size ??= { width: frame.width, height: frame.height };
    if (frame.width !== size.width || frame.height !== size.height) return 'frames change their size';
    return frame.mesh && !isWholeMesh(frame.mesh) ? `the mesh of frame ${taken} is malformed` : null;
  };
  return {
    add({ mesh, ...frame }) {
      const problem = problemOf(mesh ? { ...frame, mesh } : frame);
      if (problem !== null) refused ??= { reason: 'request.invalid', detail: problem };
      if (refused !== null || frame.capturedAtMs === lastTimeMs) return;
      lastTimeMs = frame.capturedAtMs;
      taken++;
      waiting.push({ ...frame, rgb: Uint8Array.from(frame.rgb) });
      if (mesh) {
        meshes++;
        const next = { timeMs: frame.capturedAtMs, points: Float32Array.from(mesh) };
        settle(next);
        last = next;
      } else {
        settle(null, frame.capturedAtMs - 2 * MESH_HOLD_MS);
      }
    },
    noteFaceless() {
      facelessFrames++;
    },
    judge(challenge, display, options = {}) {
      settle(null);
      if (refused !== null) return { state: 'unmeasured', ...refused };
      const looked = meshes + facelessFrames;
      const faceless = looked === 0 ? null : facelessFrames / looked;
      return measureLight({ frames: signals, patches, motion, faceless }, challenge, display, options);
    },
    wipe() {
      for (const { rgb } of waiting) rgb.fill(0);
      waiting.length = signals.length = patches.length = 0;
    },
    get frames() {
      return taken;
    },
  };
}
