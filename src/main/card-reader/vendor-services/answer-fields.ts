import { z } from 'zod';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { serviceMalformed } from './service-failures.ts';

/** A result flag: a number, or one in a text, depending on the service's version. */
export const flag = z.union([
  z.int().min(-1_000_000).max(1_000_000),
  z
    .string()
    .regex(/^\s*-?\d{1,6}\s*$/, 'a whole number')
    .transform(Number),
]);

/** A text that may be left out or null; `''` then. */
export const text = z
  .string()
  .max(2_000)
  .nullish()
  .transform((given) => given ?? '');

/** A text that some versions send as a number. */
export const textOrNumber = z
  .union([z.string().max(200), z.int()])
  .nullish()
  .transform((given) => (given === null || given === undefined ? '' : String(given)));

/** A picture as base64 text; its size is judged later, so that a large one doesn't hide the card. */
export const picture = z
  .string()
  .nullish()
  .transform((given) => given ?? '');

/** Checks an answer against its schema; `reader.service-malformed` names the fields that are wrong, never their values. */
export function checkedAnswer<S extends z.ZodType>(schema: S, answer: unknown): Result<z.output<S>, Failure> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return ok(parsed.data);
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.map(String).join('.')))];
  return err(
    serviceMalformed(`fields: ${fields.map((field) => (field === '' ? 'the whole answer' : field)).join(', ')}`),
  );
}
