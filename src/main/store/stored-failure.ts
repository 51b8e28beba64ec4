import { z } from 'zod';
import { failure, isFailureCode, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { parseStoredJson } from './audit-fault.ts';

const failureSchema = z.object({
  code: z.custom<FailureCode>((value) => typeof value === 'string' && isFailureCode(value)),
  detail: z.string().optional(),
});

/** A failure as it was stored; `store.corrupt` in its place when it does not parse. */
export function parseStoredFailure(stored: string): Failure {
  const parsed = failureSchema.safeParse(parseStoredJson(stored));
  if (!parsed.success) return failure('store.corrupt', 'a stored failure does not parse');
  return failure(parsed.data.code, parsed.data.detail);
}
