import type { RequestInputs } from '../../shared/domain/certification-request.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import type { FindFaces, SeenFace } from './ports.ts';

/** A face narrower than this has too little to be compared: the model looks at 112 pixels. */
const LEAST_FACE_PIXELS = 48;
/** Faces in the background don't count: those that are narrower than this share of the largest one. */
const BACKGROUND_SHARE = 0.5;

/**
 * Whether each picture of a face shows exactly one that is large enough; null where it does. The detail names the field:
 * `picture.no-face`, `picture.several-faces`, `request.input-unfit`; or what kept faces from being looked for.
 *
 * @param severalFaces the picture that is to be verified may show several, each of which is compared
 */
export async function checkFaces(
  inputs: RequestInputs,
  findFaces: FindFaces,
  severalFaces = false,
): Promise<Failure | null> {
  for (const field of ['face', 'reference'] as const) {
    const picture = inputs[field];
    if (!picture) continue;
    // The bytes are handed over to whoever looks.
    const found = await findFaces(new Uint8Array(picture.bytes));
    if (!found.ok) return found.error.code === 'inference.image-invalid' ? unreadable(field) : found.error;
    const problem = problemOf(field, found.value, severalFaces && field === 'face');
    if (problem) return problem;
  }
  return null;
}

function problemOf(field: string, faces: readonly SeenFace[], several: boolean): Failure | null {
  const largest = Math.max(0, ...faces.map(({ width }) => width));
  if (largest === 0) return failure('picture.no-face', field);
  const near = faces.filter(({ width }) => width >= largest * BACKGROUND_SHARE);
  if (near.length > 1 && !several) return failure('picture.several-faces', `${field}: ${near.length} faces`);
  if (largest >= LEAST_FACE_PIXELS) return null;
  const measured = `${field}: the face is ${Math.round(largest)} pixels wide`;
  return failure('request.input-unfit', `${measured}, at least ${LEAST_FACE_PIXELS} are needed`);
}

function unreadable(field: string): Failure {
  return failure('request.input-unfit', `${field}: the picture can not be decoded`);
}
