import { newRequestSchema, type NewRequest } from '../../shared/domain/certification-request.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Limits of single fields in words, for whoever has to change what it sends. */
const LIMITS: Readonly<Record<string, string>> = {
  sceneId: '1–20 of letters, digits and hyphen',
  orderId: '1–64 of letters, digits, point, hyphen and underscore',
  'inputs.name': '2–60 letters',
  'inputs.number': '18 characters of a resident identity number, X in capitals',
  'inputs.phone': '11 digits that begin with 1',
  'inputs.bankCard': '12–19 digits',
  'inputs.validity': 'from and to as YYYY-MM-DD, to also long-term',
  'inputs.face': 'JPEG or PNG, at most 10,000,000 bytes',
  'inputs.reference': 'JPEG or PNG, at most 10,000,000 bytes',
  'inputs.cardFront': 'JPEG or PNG, at most 10,000,000 bytes',
  'inputs.cardBack': 'JPEG or PNG, at most 10,000,000 bytes',
  'inputs.bankCardPicture': 'JPEG or PNG, at most 10,000,000 bytes',
  'inputs.clip': 'MP4 with H.264, at most 10,000,000 bytes and 60 seconds',
  consent: 'capture true, transmit true or false',
};

/**
 * What a caller sends, checked as far as it can be without knowing the scheme. A failure's detail names the field and
 * its limit, never what was sent: `request.input-unwanted`, `request.input-unfit`, `request.invalid` for the rest.
 */
export function parseNewRequest(sent: unknown): Result<NewRequest, Failure> {
  const parsed = newRequestSchema.safeParse(sent);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0]?.slice(0, 40)].join('.').replace(/^inputs\./, '');
    return err(failure(path[0] === 'inputs' ? 'request.input-unwanted' : 'request.invalid', `${field}: no such field`));
  }
  const field = path.slice(0, path[0] === 'inputs' ? 2 : 1).join('.');
  const limit = LIMITS[field] ?? 'not as it has to be';
  const code = path[0] === 'inputs' || path[0] === 'consent' ? 'request.input-unfit' : 'request.invalid';
  return err(failure(code, `${field.replace(/^inputs\./, '')}: ${limit}`));
}
