import type { MeshFrame } from '../../shared/domain/framed-judge.ts';
import type { PixelBox } from '../../shared/domain/liveness.ts';
import { overlapOf, type DetectedFace } from './face-detector.ts';
import type { Embedding } from './face-embedder.ts';
import { boxOfMesh, rollOfMesh, type FaceMesh } from './face-mesh.ts';
import { facesThatCount, type FacePipeline } from './face-pipeline.ts';
import type { Frame } from './frame.ts';

/** Between two full detections the face is only followed. */
const DETECT_EVERY_MS = 500;
/** Below this the mesh model sees no face. */
export const MIN_PRESENCE = 0.5;
/** A detected face that overlaps the followed one by less is another face. */
const SAME_PLACE_OVERLAP = 0.25;
/** Smaller faces, in pixels, give embeddings that say little. */
const MIN_EMBEDDED_HEIGHT = 80;

type TrackedFace = Pick<MeshFrame, 'faces' | 'mesh' | 'presence' | 'box' | 'tracked' | 'similarity' | 'sharpness'>;

/** Follows one face from picture to picture. Calls must not overlap. */
export interface FaceTracker {
  /** @param hinted where the face was said to be, for a picture in which the detector finds none. */
  follow(picture: Frame, hinted: PixelBox, capturedAtMs: number): Promise<TrackedFace>;
  wipe(): void;
}

interface Followed {
  readonly mesh: FaceMesh;
  readonly box: PixelBox;
}

/**
 * Looks for faces every half second, and at once when the followed one is lost. Then the main face, when 80 pixels tall
 * or more, is compared with the first one that was.
 */
export function createFaceTracker(pipeline: FacePipeline, cosine: (a: Embedding, b: Embedding) => number): FaceTracker {
  let followed: Followed | null = null;
  let reference: Embedding | null = null;
  let faces = 0;
  let detectedAtMs = -Infinity;

  const found = (mesh: FaceMesh): Followed | null =>
    mesh.presence >= MIN_PRESENCE ? { mesh, box: boxOfMesh(mesh) } : null;

  const search = async (picture: Frame, detected: readonly DetectedFace[], hinted: PixelBox) => {
    const main = detected[0];
    if (!main) return found(await pipeline.meshAt(picture, hinted, 0));
    const located = await pipeline.locate(picture, main);
    return found(await pipeline.mesh(picture, located));
  };

  const compare = async (picture: Frame, face: DetectedFace) => {
    if (face.box.height < MIN_EMBEDDED_HEIGHT) return { similarity: null, sharpness: null };
    const aligned = pipeline.align(picture, await pipeline.locate(picture, face));
    const { sharpness } = pipeline.appearance(aligned);
    const embedding = await pipeline.embed(aligned);
    const similarity = reference ? cosine(reference, embedding) : 1;
    if (reference) embedding.fill(0);
    else reference = embedding;
    return { similarity, sharpness };
  };

  return {
    follow: async (picture, hinted, capturedAtMs) => {
      let now = followed && found(await pipeline.meshAt(picture, followed.box, rollOfMesh(followed.mesh)));
      let tracked = now !== null;
      let compared: { similarity: number | null; sharpness: number | null } = { similarity: null, sharpness: null };
      if (!now || capturedAtMs - detectedAtMs >= DETECT_EVERY_MS) {
        const detected = await pipeline.detect(picture);
        const main = detected[0];
        detectedAtMs = capturedAtMs;
        if (!now || (main && overlapOf(main.box, now.box) < SAME_PLACE_OVERLAP)) {
          now = await search(picture, detected, hinted);
          tracked = false;
        }
        // The detector may lose a face that is turned far and still followed.
        faces = Math.max(facesThatCount(detected), now ? 1 : 0);
        if (main && now) compared = await compare(picture, main);
      }
      followed = now;
      if (!now) faces = 0;
      return {
        faces,
        mesh: now?.mesh.points ?? null,
        presence: now?.mesh.presence ?? 0,
        box: now?.box ?? null,
        tracked,
        ...compared,
      };
    },
    wipe: () => {
      reference?.fill(0);
      reference = followed = null;
    },
  };
}
