import type { PairKind } from '../../shared/domain/comparison.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Embedding } from './face-embedder.ts';
import type { FacePipeline } from './face-pipeline.ts';
import type { Frame } from './frame.ts';
import { decodeImage, enlarged } from './image-codec.ts';

/** Portraits from a chip are 102 × 126 pixels; anything this small is enlarged before faces are looked for. */
const CHIP_MAX_SIDE = 200;
const CHIP_ENLARGEMENT = 2.5;

/** Decodes a portrait; one of a chip's size comes back enlarged 2.5 times. */
export async function decodePortrait(bytes: Uint8Array): Promise<Result<Frame, Failure>> {
  const decoded = await decodeImage(bytes);
  if (!decoded.ok || Math.max(decoded.value.width, decoded.value.height) > CHIP_MAX_SIDE) return decoded;
  return ok(await enlarged(decoded.value, CHIP_ENLARGEMENT));
}

/** The embedding of the main face of a frame; null when there is no face. */
export async function embedMainFace(pipeline: FacePipeline, frame: Frame): Promise<Embedding | null> {
  const [main] = await pipeline.detect(frame);
  if (!main) return null;
  const located = await pipeline.locate(frame, main);
  return pipeline.embed(pipeline.align(frame, located));
}

/** Both embeddings of a pair of image files. `b` is the chip portrait of a `live-chip` pair. */
export async function embedPair(
  pipeline: FacePipeline,
  a: Uint8Array,
  b: Uint8Array,
  kind: PairKind,
): Promise<Result<readonly [Embedding, Embedding], Failure>> {
  const first = await decodeImage(a);
  if (!first.ok) return first;
  const second = kind === 'live-chip' ? await decodePortrait(b) : await decodeImage(b);
  if (!second.ok) return second;
  const embeddingA = await embedMainFace(pipeline, first.value);
  if (!embeddingA) return err(failure('capture.no-face', 'first image'));
  const embeddingB = await embedMainFace(pipeline, second.value);
  if (!embeddingB) return err(failure(kind === 'live-chip' ? 'document.no-face' : 'capture.no-face', 'second image'));
  return ok([embeddingA, embeddingB]);
}
