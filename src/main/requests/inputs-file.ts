import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { readPictureFile } from '../../shared/domain/picture-file.ts';
import type { ClipMaterial } from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** A file as it is named in an inputs file: beside that file, or in itself. */
const fileSchema = z.union([z.strictObject({ file: z.string().min(1) }), z.strictObject({ base64: z.base64() })]);
const clipSchema = z.union([
  z.strictObject({ file: z.string().min(1), challenge: z.unknown().optional() }),
  z.strictObject({ base64: z.base64(), challenge: z.unknown().optional() }),
]);

const PICTURES: readonly string[] = ['face', 'reference', 'cardFront', 'cardBack', 'bankCardPicture'];
const MOST_FILE_BYTES = 10_000_000;

/** Reads what an MP4 file says of itself. */
export type ReadClip = (bytes: Uint8Array) => Result<Omit<ClipMaterial, 'challenge'>, Failure>;

/**
 * Reads a caller's inputs from a JSON file: the keys of a request's inputs, pictures and the clip as `{"file": "path"}`
 * (relative to that file) or `{"base64": "..."}`. What they are is read from their bytes. The result is still to be
 * checked as a request; a failure's detail names the field: `request.input-unfit`, or `request.invalid` for the file.
 */
export async function readInputsFile(
  path: string,
  readClip: ReadClip,
): Promise<Result<Readonly<Record<string, unknown>>, Failure>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return err(failure('request.invalid', 'inputs: the file can not be read'));
  const listed = parseObject(text);
  if (!listed) return err(failure('request.invalid', 'inputs: not a JSON object'));
  const inputs: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(listed)) {
    const read =
      field === 'clip'
        ? await clipOf(value, dirname(path), readClip)
        : PICTURES.includes(field)
          ? await pictureOf(field, value, dirname(path))
          : ok(value);
    if (!read.ok) return read;
    inputs[field] = read.value;
  }
  return ok(inputs);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function pictureOf(field: string, value: unknown, folder: string): Promise<Result<unknown, Failure>> {
  const named = fileSchema.safeParse(value);
  if (!named.success) return unfit(field, 'either {"file": "path"} or {"base64": "..."}');
  const bytes = await bytesOf(field, named.data, folder);
  if (!bytes.ok) return bytes;
  const about = readPictureFile(bytes.value);
  return about ? ok({ bytes: bytes.value, ...about }) : unfit(field, 'not a JPEG or PNG file');
}

async function clipOf(value: unknown, folder: string, readClip: ReadClip): Promise<Result<unknown, Failure>> {
  const named = clipSchema.safeParse(value);
  if (!named.success) return unfit('clip', 'either {"file": "path"} or {"base64": "..."}, with "challenge" if any');
  const { challenge = { kind: 'silent' }, ...file } = named.data;
  const bytes = await bytesOf('clip', file, folder);
  if (!bytes.ok) return bytes;
  const clip = readClip(bytes.value);
  return clip.ok ? ok({ ...clip.value, challenge }) : unfit('clip', clip.error.detail ?? 'not an MP4 file');
}

async function bytesOf(
  field: string,
  named: z.infer<typeof fileSchema>,
  folder: string,
): Promise<Result<Uint8Array, Failure>> {
  const bytes =
    'base64' in named
      ? Buffer.from(named.base64, 'base64')
      : await readFile(isAbsolute(named.file) ? named.file : join(folder, named.file)).catch(() => null);
  if (bytes === null) return unfit(field, 'the file can not be read');
  if (bytes.length === 0 || bytes.length > MOST_FILE_BYTES) return unfit(field, '1 to 10,000,000 bytes');
  return ok(new Uint8Array(bytes));
}

function unfit(field: string, limit: string): Result<never, Failure> {
  return err(failure('request.input-unfit', `${field}: ${limit}`));
}
