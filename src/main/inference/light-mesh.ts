import type { LightFrame, PixelBox } from '../../shared/domain/liveness.ts';
import type { FacePipeline } from './face-pipeline.ts';

/** Ten meshes a second, with room for a camera's unsteady times … */
const MESH_EVERY_MS = 90;
/** … and half as many when frames queue up, so that the verdict isn't late. */
const BUSY_MESH_EVERY_MS = 180;
/** Less likely than this to be a face, the model's points mean nothing. */
const MIN_PRESENCE = 0.5;

/** Finds the face's mesh in some of a light challenge's frames. */
export interface LightMeshFinder {
  /** The mesh in pixels of the frame; null when it isn't this frame's turn. */
  find(frame: LightFrame, busy: boolean): Promise<Float32Array | 'faceless' | null>;
}

interface Centre {
  readonly x: number;
  readonly y: number;
}

function centreOf(points: Float32Array): Centre {
  let [x, y] = [0, 0];
  for (let at = 0; at < points.length; at += 3) {
    x += points[at]!;
    y += points[at + 1]!;
  }
  return { x: (3 * x) / points.length, y: (3 * y) / points.length };
}

/** The recording refuses what isn't; the models must not see it. */
function isDrawable({ rgb, width, height, face, capturedAtMs }: LightFrame): boolean {
  const numbers = [face.x, face.y, face.width, face.height, capturedAtMs];
  return rgb.length === 3 * width * height && numbers.every(Number.isFinite) && face.height > 0;
}

/**
 * Follows one face from frame to frame: the model looks where the last mesh was, because the box that comes with the
 * frames is the one from before the challenge.
 */
export function createLightMeshFinder(pipeline: Pick<FacePipeline, 'locate' | 'mesh'>): LightMeshFinder {
  let lastMs = -Infinity;
  let first: Centre | null = null;
  let last: Centre | null = null;
  const expected = ({ face }: LightFrame): PixelBox =>
    first && last ? { ...face, x: face.x + last.x - first.x, y: face.y + last.y - first.y } : face;
  return {
    find: async (frame, busy) => {
      if (!isDrawable(frame)) return null;
      if (frame.capturedAtMs - lastMs < (busy ? BUSY_MESH_EVERY_MS : MESH_EVERY_MS)) return null;
      lastMs = frame.capturedAtMs;
      const face = await pipeline.locate(frame, { box: expected(frame), score: 1 });
      const { points, presence } = await pipeline.mesh(frame, face);
      if (presence < MIN_PRESENCE) {
        last = first;
        return 'faceless';
      }
      last = centreOf(points);
      first ??= last;
      return points;
    },
  };
}
