import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { parseCsv } from '../../src/cli/csv.ts';
import { failure, type Failure } from '../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';

/** Two image files of which it is known whether they show one person. */
export interface LabelledPair {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  /** For cross-validated accuracy, as LFW's list has it. */
  readonly fold?: number;
  readonly subjectA?: string;
  readonly subjectB?: string;
}

/** One presentation to the camera: a still, or the frames of a clip in order. */
export interface Presentation {
  readonly files: readonly string[];
  readonly label: 'live' | 'spoof';
  /** What was presented: `print`, `screen`, `paper-mask` … and for live ones for example `kiosk`. */
  readonly species: string;
  readonly subject: string;
}

/** What the suite measures on. */
export interface AccuracyDataset {
  readonly description: string;
  readonly pairs: readonly LabelledPair[];
  readonly presentations: readonly Presentation[];
}

const path = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/, 'has to be a path inside the folder');
const name = z.string().min(1).max(200);
const pairSchema = z.object({
  a: path,
  b: path,
  same: z.boolean(),
  fold: z.int().positive().optional(),
  subjectA: name.optional(),
  subjectB: name.optional(),
});
const presentationSchema = z.object({
  files: z.array(path).min(1),
  label: z.enum(['live', 'spoof']),
  species: name,
  subject: name,
});

/** `manifest.json` of a data folder; all paths are relative to it. */
export const datasetSchema = z
  .object({
    version: z.literal(1),
    description: z.string().min(1),
    pairs: z.array(pairSchema).default([]),
    presentations: z.array(presentationSchema).default([]),
  })
  .refine(
    ({ pairs, presentations }) => pairs.length + presentations.length > 0,
    'holds neither pairs nor presentations',
  )
  .refine(
    ({ pairs }) =>
      pairs.every(({ subjectA, subjectB, same }) => !subjectA || !subjectB || (subjectA === subjectB) === same),
    'a pair is marked as the same person but names two subjects, or the other way round',
  );

/**
 * Reads `manifest.json` of a folder, or else `pairs.csv` (`a,b,same`, optional `fold,subjectA,subjectB`) and
 * `presentations.csv` (`files,label,species,subject`, files separated by `;`).
 *
 * @returns paths joined with the folder; `request.invalid` naming what is wrong where.
 */
export async function readDataset(folder: string): Promise<Result<AccuracyDataset, Failure>> {
  const read = (file: string) => readFile(join(folder, file), 'utf8').catch(() => null);
  const json = await read('manifest.json');
  const candidate =
    json === null
      ? fromCsv(basename(folder), await read('pairs.csv'), await read('presentations.csv'))
      : fromJson(json);
  if (!candidate.ok) return candidate;
  const parsed = datasetSchema.safeParse(candidate.value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return invalid(`${issue.path.join('.') || 'the manifest'}: ${issue.message}`);
  }
  const { description, pairs, presentations } = parsed.data;
  return ok({
    description,
    pairs: pairs.map((pair) => ({ ...defined(pair), a: join(folder, pair.a), b: join(folder, pair.b) })),
    presentations: presentations.map((one) => ({ ...one, files: one.files.map((file) => join(folder, file)) })),
  });
}

/** An optional property that is absent, not undefined. */
function defined({ fold, subjectA, subjectB, ...pair }: z.infer<typeof pairSchema>): LabelledPair {
  return {
    ...pair,
    ...(fold === undefined ? {} : { fold }),
    ...(subjectA === undefined ? {} : { subjectA }),
    ...(subjectB === undefined ? {} : { subjectB }),
  };
}

function fromJson(text: string): Result<unknown, Failure> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return invalid('manifest.json is not JSON');
  }
}

function fromCsv(name: string, pairs: string | null, presentations: string | null): Result<unknown, Failure> {
  if (pairs === null && presentations === null) {
    return invalid('the folder has no manifest.json, pairs.csv or presentations.csv');
  }
  const pairRows = records(pairs ?? '').map((row) => ({
    ...row,
    same: row['same'] === '1' ? true : row['same'] === '0' ? false : row['same'],
    fold: row['fold'] === undefined ? undefined : Number(row['fold']),
  }));
  const presentationRows = records(presentations ?? '').map((row) => ({ ...row, files: row['files']?.split(';') }));
  return ok({ version: 1, description: name, pairs: pairRows, presentations: presentationRows });
}

/** Rows by their header's names; empty fields are left out. */
function records(text: string): Record<string, string>[] {
  const [header, ...rows] = parseCsv(text);
  return rows.map(({ fields }) =>
    Object.fromEntries(
      (header?.fields ?? []).flatMap((column, i) => (fields[i] ? [[column, fields[i]] as const] : [])),
    ),
  );
}

function invalid(detail: string): Result<never, Failure> {
  return err(failure('request.invalid', detail));
}
