import { z } from 'zod';
import { err, ok, type Result } from '../shared/result.ts';
import type { FakeVendor, ScriptedAnswer } from './contract.ts';

/** A pause longer than this is a `hang`. */
const MOST_DELAY_MS = 600_000;
const MOST_STEPS = 1000;

const scriptedAnswerSchema = z.strictObject({
  code: z.string().min(1).max(120).optional(),
  form: z.enum(['field', 'error']).optional(),
  body: z.unknown().optional(),
  httpStatus: z.int().min(200).max(599).optional(),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
      z
        .string()
        .max(2000)
        .regex(/^[^\r\n]*$/),
    )
    .optional(),
  delayMs: z.int().nonnegative().max(MOST_DELAY_MS).optional(),
  fault: z.enum(['refuse', 'drop', 'cut', 'hang', 'html', 'flood', 'redirect', 'nonsense']).optional(),
});

const scriptFileSchema = z.record(z.string().max(60), z.array(scriptedAnswerSchema).min(1).max(MOST_STEPS));

export type Script = Readonly<Record<string, readonly ScriptedAnswer[]>>;

/**
 * Reads a script: an object of operations, each with the list of its answers.
 *
 * @returns what is wrong and where, in words, when it can't be carried out as written
 */
export function parseScript(text: string, vendor: Pick<FakeVendor, 'name' | 'operations'>): Result<Script, string> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const parsed = scriptFileSchema.safeParse(json.value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const where = first?.path.join('.') ?? '';
    return err(`${where === '' ? 'the script' : where}: ${first?.message ?? 'not a script'}`);
  }
  const unknown = Object.keys(parsed.data).find((operation) => !vendor.operations.includes(operation));
  return unknown === undefined
    ? ok(parsed.data as Script)
    : err(`${unknown}: ${vendor.name} has no such operation; it has ${vendor.operations.join(', ')}`);
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err('the script is not JSON');
  }
}

/** Steps whose code is not one that the operation is known to answer, as `operation code`. */
export function unheardCodes(script: Script, vendor: Pick<FakeVendor, 'codesOf'>): readonly string[] {
  return Object.entries(script).flatMap(([operation, steps]) =>
    steps
      .filter(({ code }) => code !== undefined && !vendor.codesOf(operation).includes(code))
      .map(({ code }) => `${operation} ${code ?? ''}`),
  );
}
