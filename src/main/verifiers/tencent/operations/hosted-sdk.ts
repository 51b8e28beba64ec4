import { z } from 'zod';
import { hundred, optionalText, parsed } from './operation.ts';
import type { HostedResult } from './hosted-page.ts';

export const openSdkSchema = z.object({
  FaceIdToken: z.string().min(1).max(200),
  ClientConfig: optionalText,
});

const sdkResultSchema = z.object({
  Result: z.string().regex(/^-?\d{1,6}$/),
  Description: optionalText,
  IdCard: optionalText,
  Name: optionalText,
  Similarity: hundred.nullish(),
  Extra: optionalText,
});

/** Reads GetFaceIdResult. */
export function readSdkResult(response: unknown): HostedResult | null {
  const answer = parsed(sdkResultSchema, response);
  if (!answer) return null;
  return {
    code: answer.Result,
    message: answer.Description,
    similarity: answer.Similarity ?? null,
    name: answer.Name,
    number: answer.IdCard.toUpperCase(),
    orderId: answer.Extra,
    furtherSteps: false,
    detail: '',
  };
}
