import { identityMaterialSchema } from '../../shared/domain/verification.ts';
import type { FaceProcess } from './face-process.ts';
import type { ReferencePhotos } from './reference-photos.ts';

/** One line of a list of photos: number, name and the file. */
export interface ReferenceLine {
  /** From 1, for messages: what is in the line is never repeated. */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface ReferenceImportParts {
  readonly photos: Pick<ReferencePhotos, 'put'>;
  readonly faces: Pick<FaceProcess, 'inspect'>;
  /** The file's bytes; null when there is no such file beside the list, or it is too large. */
  readonly readPhoto: (file: string) => Promise<Buffer | null>;
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
  for (const { line, fields } of lines) {
    if (line === 1 && HEADER.every((name, index) => fields[index]?.toLowerCase() === name)) continue;
    const result = await importOne(parts, fields);
    if (result === 'added' || result === 'replaced') counts[result]++;
    else refused.push({ line, why: result.why });
  }
  return { ...counts, refused };
}

async function importOne(
  { photos, faces, readPhoto, addedBy }: ReferenceImportParts,
  fields: readonly string[],
): Promise<'added' | 'replaced' | { readonly why: string }> {
  const [number = '', name = '', file = ''] = fields;
  if (fields.length !== 3) return { why: 'a line has number, name and photo' };
  const identity = identityMaterialSchema.safeParse({ number: number.toUpperCase(), name });
  if (!identity.success) return { why: 'number or name is not in its form' };
  const photo = await readPhoto(file);
  if (photo === null) return { why: 'the photo is not there or too large' };
  const inspected = await faces.inspect(photo);
  if (!inspected.ok) return { why: `the photo can not be looked at (${inspected.error.code})` };
  const [main, ...others] = inspected.value.faces;
  if (main === undefined) return { why: 'there is no face in the photo' };
  if (others.length > 0) return { why: 'there is more than one face in the photo' };
  if (main.quality.reasons.some(({ reason }) => reason === LEAST_EYE_DISTANCE_REASON))
    return { why: 'the face is too small' };
  return photos.put(identity.data, photo, addedBy);
}
