import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { SPEECH_MANIFEST_FILE, speechManifestSchema, type SpeechManifest } from './speech-manifest.ts';
import { readWave } from './wave-file.ts';

/** Reads a whole file; null when it isn't there or can't be read. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/** A speech model whose files are all there and are the ones that are described. */
export interface SpeechModel {
  readonly manifest: SpeechManifest;
  /** Absolute paths of the model's files, by their part. */
  readonly paths: Readonly<Record<string, string>>;
  /** The self-test's utterance: samples at 16 kHz, −1–1. */
  readonly utterance: Float32Array;
}

/**
 * Checks a folder with a speech model against its description. Every failure is `speech.unavailable` and names the
 * file or the field. The speech runtime reads the files again by their paths: the folder has to be writable by
 * administrators only.
 */
export async function checkSpeechModel(folder: string, readFile: ReadFile): Promise<Result<SpeechModel, Failure>> {
  const bytes = await readFile(join(folder, SPEECH_MANIFEST_FILE));
  if (!bytes) return unavailable(`${SPEECH_MANIFEST_FILE} is missing`);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return unavailable(`${SPEECH_MANIFEST_FILE} is not JSON`);
  }
  const parsed = speechManifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return unavailable(`${SPEECH_MANIFEST_FILE}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const manifest = parsed.data;
  const paths: Record<string, string> = {};
  for (const [part, described] of Object.entries(manifest.files)) {
    const read = await readDescribed(folder, described, readFile);
    if (!read.ok) return read;
    paths[part] = join(folder, described.file);
  }
  const utterance = await readDescribed(folder, manifest.selfTest, readFile);
  if (!utterance.ok) return utterance;
  const samples = readWave(utterance.value);
  if (typeof samples === 'string') return unavailable(`${manifest.selfTest.file} ${samples}`);
  return ok({ manifest, paths, utterance: samples });
}

async function readDescribed(
  folder: string,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  readFile: ReadFile,
): Promise<Result<Uint8Array, Failure>> {
  const bytes = await readFile(join(folder, file));
  if (!bytes) return unavailable(`${file} is missing`);
  const found = createHash('sha256').update(bytes).digest('hex');
  return found === sha256 ? ok(bytes) : unavailable(`${file} does not match ${SPEECH_MANIFEST_FILE}`);
}

/** `speech.unavailable`, which every trouble with the runtime and its model is. */
export function unavailable(detail: string): Result<never, Failure> {
  return err(failure('speech.unavailable', detail));
}
