import { z } from 'zod';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
const LEAST_SECRET_LENGTH = 32;

/** Where the customer's function is, and what it shares with us. The secret comes from the vault or the environment. */
export const uniSettingsSchema = z.strictObject({
  url: z.url().max(500),
  secret: z.string().min(LEAST_SECRET_LENGTH).max(500),
  timeoutMs: z.int().positive().max(60_000).optional(),
});
export type UniSettings = z.infer<typeof uniSettingsSchema>;

/**
 * Parses settings. Plain http is for this machine only, and nothing may stand in the address beside host and path.
 *
 * @returns `verifier.misconfigured` with what is wrong; never the secret
 */
export function parseUniSettings(value: unknown): Result<UniSettings, Failure> {
  const parsed = uniSettingsSchema.safeParse(value);
  if (!parsed.success) return err(failure('verifier.misconfigured', parsed.error.issues[0]?.path.join('.') ?? ''));
  const { protocol, hostname, username, password, search, hash } = new URL(parsed.data.url);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.has(hostname))) {
    return err(failure('verifier.misconfigured', 'url needs https'));
  }
  const bare = [username, password, search, hash].every((part) => part === '');
  return bare ? ok(parsed.data) : err(failure('verifier.misconfigured', 'url has more than host and path'));
}
