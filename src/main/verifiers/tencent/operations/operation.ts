import { z } from 'zod';
import type { AnsweredPicture, Capability, CheckRequest, Score } from '../../../../shared/domain/verification.ts';
import type { Failure } from '../../../../shared/reasons.ts';
import type { Result } from '../../../../shared/result.ts';
import type { CodeMeaning } from '../code-meaning.ts';
import type { TencentCall } from '../tencent-call.ts';
import type { TencentSettings } from '../tencent-services.ts';

/** What an answer of the vendor's says about the question. */
export interface Reading {
  /** The vendor's own code. */
  readonly code: string;
  readonly message: string;
  readonly meaning: CodeMeaning;
  readonly scores?: readonly Score[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly warnings?: readonly string[];
  readonly pictures?: readonly AnsweredPicture[];
  readonly detail?: string;
}

/** One operation of the vendor's that answers one of our checks. */
export interface CheckOperation {
  readonly capability: Capability;
  /** Whether this is the operation for what the request carries, among those for the same check. */
  serves(request: CheckRequest): boolean;
  /** Builds the call; fails with `material.*` or `verifier.unsupported` before anything is sent. */
  call(request: CheckRequest, settings: TencentSettings): Result<TencentCall, Failure>;
  /** Reads an answer without an error; null for one that breaks the operation's form or contradicts itself. */
  read(response: Readonly<Record<string, unknown>>, request: CheckRequest, settings: TencentSettings): Reading | null;
  /** Asked next when this one passes, for questions that take two calls. */
  readonly followedBy?: CheckOperation;
}

/** Answers of text alone. */
export const TEXT_ANSWER_BYTES = 262_144;
/** Answers with pictures in base64. */
export const PICTURE_ANSWER_BYTES = 16_777_216;

/** A field that the vendor may leave out or send as null. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** A score that the vendor gives from 0 to 100. */
export const hundred = z.number().min(0).max(100);

/** Parses an answer; null where it isn't of that form. */
export function parsed<T>(schema: z.ZodType<T>, response: unknown): T | null {
  const answer = schema.safeParse(response);
  return answer.success ? answer.data : null;
}

export const always = (): true => true;
