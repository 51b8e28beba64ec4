import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { readObjects, readOnly, valueOf, type DataObject } from '../apdu/tlv.ts';
import { latinText } from '../bytes.ts';
import { FILES } from '../files/elementary-files.ts';

/** An encoded face, as the chip has it. */
export interface ChipFace {
  readonly format: 'jpeg' | 'jpeg2000';
  readonly bytes: Uint8Array;
}

const TAG = { templates: 0x7f61, template: 0x7f60, plain: 0x5f2e, constructed: 0x7f2e, facesOfNewForm: 0xa1 } as const;

/** Lengths of the parts of a facial record (ISO/IEC 19794-5:2005, 5.3 to 5.7). */
const RECORD_HEADER = 14;
const FACE_HEADER = 20;
const FEATURE_POINT = 8;
const PICTURE_HEADER = 12;

/**
 * The first face of DG2 (Doc 9303 part 10, 4.7.2: a CBEFF template with an ISO/IEC 19794-5 record). Fails with
 * `chip.malformed`, and with `chip.unsupported` for the newer ISO/IEC 39794-5 and later editions.
 */
export function readFaceFile(file: Uint8Array): Result<ChipFace, Failure> {
  const content = readOnly(file, FILES.portrait.tag);
  const templates = content.ok ? inside(content.value, TAG.templates) : content;
  const template = templates.ok ? inside(templates.value, TAG.template) : templates;
  if (!template.ok) return template;
  const objects = readObjects(template.value);
  if (!objects.ok) return objects;
  const block = objects.value.find(({ tag }) => tag === TAG.plain || tag === TAG.constructed);
  if (!block) return malformed('no picture');
  if (isNewForm(block)) return err(failure('chip.unsupported', 'a portrait as in ISO/IEC 39794-5'));
  return readFaceRecord(block.value);
}

function inside(bytes: Uint8Array, tag: number): Result<Uint8Array, Failure> {
  const objects = readObjects(bytes);
  return objects.ok ? valueOf(objects.value, tag) : objects;
}

function isNewForm({ tag, value }: DataObject): boolean {
  return tag === TAG.constructed && value[0] === TAG.facesOfNewForm;
}

/** The first picture of a facial record; every length in it is held against what is there. */
export function readFaceRecord(record: Uint8Array): Result<ChipFace, Failure> {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  if (record.length < RECORD_HEADER + FACE_HEADER + PICTURE_HEADER) return malformed('a record too short');
  if (latinText(record.subarray(0, 4)) !== 'FAC\0') return malformed('not a facial record');
  if (latinText(record.subarray(4, 8)) !== '010\0') return err(failure('chip.unsupported', 'edition of the record'));
  const length = view.getUint32(8);
  if (length > record.length || view.getUint16(12) === 0) return malformed('a record with a length that lies');
  const blockEnd = RECORD_HEADER + view.getUint32(RECORD_HEADER);
  const points = view.getUint16(RECORD_HEADER + 4);
  const picture = RECORD_HEADER + FACE_HEADER + points * FEATURE_POINT;
  const from = picture + PICTURE_HEADER;
  if (blockEnd > length || from >= blockEnd) return malformed('a face with a length that lies');
  // The header's own word for the format is wrong on some documents; the picture's first bytes aren't.
  return faceFrom(record.slice(from, blockEnd));
}

const JPEG = [0xff, 0xd8, 0xff];
const JPEG_2000_STREAM = [0xff, 0x4f, 0xff, 0x51];
const JPEG_2000_FILE = [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20];

function faceFrom(bytes: Uint8Array): Result<ChipFace, Failure> {
  const starts = (signature: readonly number[]): boolean => signature.every((byte, at) => bytes[at] === byte);
  if (starts(JPEG)) return ok({ format: 'jpeg', bytes });
  if (starts(JPEG_2000_STREAM) || starts(JPEG_2000_FILE)) return ok({ format: 'jpeg2000', bytes });
  return malformed('a picture that is neither JPEG nor JPEG 2000');
}

function malformed(detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.malformed', `DG2: ${detail}`));
}
