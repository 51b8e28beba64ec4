import { ADMIN_CHANNELS } from '../../../shared/ipc/admin.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export interface EnrolmentDraft {
  readonly address: string;
  readonly code: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function addressProblem(address: string): Problem | null {
  if (address.length > 300) return { key: 'verifier.problem.addressLength' };
  if (!URL.canParse(address)) return { key: 'verifier.problem.address' };
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return { key: 'verifier.problem.credentials' };
  if (url.protocol === 'https:') return null;
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname) ? null : { key: 'verifier.problem.https' };
}

/** Reads an enrolment: an https address (http only on this machine) and a code of 4 to 20 characters. */
export function parseEnrolment(draft: EnrolmentDraft): Parsed<EnrolmentDraft, keyof EnrolmentDraft> {
  const address = draft.address.trim();
  const code = draft.code.replace(/[\s-]/g, '').toUpperCase();
  const problems: { address?: Problem; code?: Problem } = {};
  const wrongAddress = addressProblem(address);
  if (wrongAddress !== null) problems.address = wrongAddress;
  if (code.length < 4 || code.length > 20) problems.code = { key: 'verifier.problem.code' };
  const checked = ADMIN_CHANNELS['admin:enrol'].omit({ fingerprint: true }).safeParse({ address, code });
  if (!checked.success && Object.keys(problems).length === 0) problems.address = { key: 'verifier.problem.address' };
  return parsed(problems, () => ({ address, code }));
}
