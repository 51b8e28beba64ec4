import { parseIdentityNumber } from '../../shared/domain/identity-number.ts';
import { identityMaterialSchema } from '../../shared/domain/verification.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { FaceProcess } from './face-process.ts';
import type { ReferencePhotos } from './reference-photos.ts';

/** One line of a list of photos: number, name and the file. */
export interface ReferenceLine {
  /** From 1, for messages: what is in the line is never repeated. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Why there are no bytes: no such file, one outside of the list's folder, or one that is no photo by its size. */
export type PhotoProblem = 'missing' | 'elsewhere' | 'too-large';

const PHOTO_PROBLEMS: Readonly<Record<PhotoProblem, string>> = {
  missing: 'there is no such photo beside the list',
  elsewhere: 'the photo does not lie beside the list',
  'too-large': 'the photo is too large',
};

export interface ReferenceImportParts {
  readonly photos: Pick<ReferencePhotos, 'put'>;
  readonly faces: Pick<FaceProcess, 'inspect'>;
  /** The bytes of a file beside the list. */
  readonly readPhoto: (file: string) => Promise<Buffer | PhotoProblem>;
  readonly addedBy: string;
}

export interface ReferenceImportReport {
  readonly added: number;
  readonly replaced: number;
  readonly refused: readonly { readonly line: number; readonly why: string }[];
}

const HEADER = ['number', 'name', 'photo'];
/** Below this nothing that is compared with it means much. */
const LEAST_EYE_DISTANCE_REASON = 'low-resolution';

/** Enrols photos one by one; a line that is refused doesn't keep the others out. */
export async function importReferences(
  parts: ReferenceImportParts,
  lines: readonly ReferenceLine[],
): Promise<ReferenceImportReport> {
  const counts = { added: 0, replaced: 0 };
  const refused: { line: number; why: string }[] = [];
  const enrolled = new Map<string, number>();
  for (const { line, fields } of lines) {
    if (line === 1 && HEADER.every((name, index) => fields[index]?.toLowerCase() === name)) continue;
    const earlier = enrolled.get(fields[0]?.toUpperCase() ?? '');
    const result =
      earlier === undefined ? await importOne(parts, fields) : { why: `line ${earlier} has the same number` };
    if (typeof result === 'string') {
      counts[result]++;
      enrolled.set(fields[0]?.toUpperCase() ?? '', line);
    } else refused.push({ line, why: result.why });
  }
  return { ...counts, refused };
}

async function importOne(
  { photos, faces, readPhoto, addedBy }: ReferenceImportParts,
  fields: readonly string[],
): Promise<'added' | 'replaced' | { readonly why: string }> {
  const [number = '', name = '', file = ''] = fields;
  if (fields.length !== 3) return { why: 'a line has number, name and photo' };
  const known = parseIdentityNumber(number);
  if (!known.ok) return { why: `the number is not one (${known.error.detail ?? known.error.code})` };
  const identity = identityMaterialSchema.safeParse({ number: known.value.text, name });
  if (!identity.success) return { why: 'the name is not in its form' };
  const photo = await readPhoto(file);
  if (typeof photo === 'string') return { why: PHOTO_PROBLEMS[photo] };
  const inspected = await faces.inspect(photo);
  if (!inspected.ok) return { why: uninspected(inspected.error) };
  const [main, ...others] = inspected.value.faces;
  if (main === undefined) return { why: 'there is no face in the photo' };
  if (others.length > 0) return { why: 'there is more than one face in the photo' };
  if (main.quality.reasons.some(({ reason }) => reason === LEAST_EYE_DISTANCE_REASON))
    return { why: 'the face is too small' };
  return photos.put(identity.data, photo, addedBy);
}

function uninspected({ code }: Failure): string {
  return code === 'inference.image-invalid'
    ? 'the photo is no picture that can be read'
    : `the photo can not be looked at (${code})`;
}
