import type { ComparisonOutcome, FaceComparison, PairKind } from '../../shared/domain/comparison.ts';
import type { PixelBox } from '../../shared/domain/liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Embedding } from './face-embedder.ts';
import type { FacePipeline } from './face-pipeline.ts';
import type { Frame } from './frame.ts';
import { decodeImage } from './image-codec.ts';
import { decodePortrait, embedMainFace } from './portrait.ts';

/** Faces of one photo that are compared at most, the most prominent first; a crowd must not hold up a counter. */
export const MAX_COMPARED_FACES = 50;

/** One face of a photo against the reference. */
export interface ComparedFace extends FaceComparison {
  /** In pixels of the photo. */
  readonly box: PixelBox;
  readonly outcome: ComparisonOutcome;
}

/** Every face of a photo against one reference. */
export interface SeveralFacesComparison {
  /** How many faces the photo shows. */
  readonly faces: number;
  /** The most prominent ones, at most `MAX_COMPARED_FACES`, most prominent first. */
  readonly compared: readonly ComparedFace[];
  /** Index of the most similar one. */
  readonly best: number;
}

type Compare = (a: Embedding, b: Embedding) => FaceComparison & { readonly outcome: ComparisonOutcome };

/**
 * Compares every face of a photo with the main face of a reference.
 *
 * @param kind of `live-chip`, the reference is the chip portrait.
 * @returns `inference.image-invalid`, or `capture.no-face` (`document.no-face` for a chip portrait) naming the image.
 */
export async function comparePhotoWithSeveralFaces(
  pipeline: FacePipeline,
  { photo, reference, kind }: { readonly photo: Uint8Array; readonly reference: Uint8Array; readonly kind: PairKind },
  compare: Compare,
): Promise<Result<SeveralFacesComparison, Failure>> {
  const portrait = kind === 'live-chip' ? await decodePortrait(reference) : await decodeImage(reference);
  if (!portrait.ok) return portrait;
  const wanted = await embedMainFace(pipeline, portrait.value);
  portrait.value.rgb.fill(0);
  if (!wanted) return err(failure(kind === 'live-chip' ? 'document.no-face' : 'capture.no-face', 'reference'));
  const decoded = await decodeImage(photo);
  if (!decoded.ok) return decoded;
  const comparison = await compareFaces(pipeline, decoded.value, (embedding) => compare(embedding, wanted));
  decoded.value.rgb.fill(0);
  return comparison ? ok(comparison) : err(failure('capture.no-face', 'photo'));
}

/** Null when the photo shows no face. */
async function compareFaces(
  pipeline: FacePipeline,
  photo: Frame,
  compare: (embedding: Embedding) => Omit<ComparedFace, 'box'>,
): Promise<SeveralFacesComparison | null> {
  const faces = await pipeline.detect(photo);
  const compared: ComparedFace[] = [];
  for (const face of faces.slice(0, MAX_COMPARED_FACES)) {
    const located = await pipeline.locate(photo, face);
    const embedding = await pipeline.embed(pipeline.align(photo, located));
    compared.push({ box: face.box, ...compare(embedding) });
  }
  const similarities = compared.map(({ similarity }) => similarity);
  return compared.length === 0
    ? null
    : { faces: faces.length, compared, best: similarities.indexOf(Math.max(...similarities)) };
}
