import type { FakeAccount } from '../contract.ts';
import { sha256Hex } from '../digests.ts';
import { jsonReply, type Admission, type Decision, type VendorModel, type WholeRequest } from '../vendor-model.ts';
import { checkWebhook, signedAnswer, type UsedNonces } from './webhook-check.ts';

/** How long and how often a result can be read. */
const RESULT_MS = 24 * 3600 * 1000;
const MOST_READS = 5;

const CLOUD_CODES = ['50001', '50002', '54003', '54004', '54021', '54100', '55000', '55001', '55023', '60000'] as const;

const CODES: Readonly<Record<string, readonly string[]>> = {
  getCertifyId: ['0', ...CLOUD_CODES],
  getAuthResult: ['SUCCESS', 'FAIL', 'PROCESSING', '54020', '56001', '56002', ...CLOUD_CODES],
};

const STATES = ['SUCCESS', 'FAIL', 'PROCESSING'];

interface Visit {
  readonly openedAtMs: number;
  readonly state: string | null;
  readonly reads: number;
}

interface Answer {
  readonly code: string;
  readonly billed: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The customer's function in front of uni's verification: `action` in the body says what is asked for. */
export function createUniModel(account: FakeAccount): VendorModel {
  const visits = new Map<string, Visit>();
  const nonces: UsedNonces = new Map();
  return {
    name: 'uni',
    operations: Object.keys(CODES),
    codesOf: (operation) => CODES[operation] ?? [],
    operationOf: () => null,
    admit: (request) => admit(request, account, nonces),
    decide: ({ operation, parameters }, { code }, request): Decision => {
      const answer =
        operation === 'getCertifyId' ? open(visits, code, request) : read(visits, parameters, code, request);
      const whole = { ...answer.fields, requestId: sha256Hex(request.body).slice(0, 32) };
      const nonce = request.headers['x-countersign-nonce'] ?? '';
      return { code: answer.code, billed: answer.billed, reply: jsonReply(signedAnswer(whole, nonce, account)) };
    },
  };
}

function admit(request: WholeRequest, account: FakeAccount, nonces: UsedNonces): Admission {
  const parameters = parametersOf(request);
  const operation = typeof parameters?.['action'] === 'string' ? parameters['action'] : '';
  const problem = checkWebhook(request, account, nonces);
  const base = { operation, parameters: parameters ?? {} };
  if (problem !== null) return { ...base, signature: problem, refusal: refusal(problem, 401) };
  const isKnown = CODES[operation] !== undefined && requiredOf(operation).every((name) => base.parameters[name]);
  return { ...base, signature: 'accepted', refusal: isKnown ? null : refusal('50001', 400) };
}

function requiredOf(operation: string): readonly string[] {
  return operation === 'getCertifyId' ? ['realName', 'idCard', 'metaInfo'] : ['certifyId'];
}

function refusal(code: string, status: number): NonNullable<Admission['refusal']> {
  return { code, reply: jsonReply({ errCode: code, errMsg: `refused with ${code}` }, status) };
}

function parametersOf({ body }: WholeRequest): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function failed(code: string): Answer {
  return { code, billed: false, fields: { errCode: Number(code), errMsg: `refused with ${code}` } };
}

function open(visits: Map<string, Visit>, code: string | null, { atMs }: WholeRequest): Answer {
  if (code !== null && code !== '0') return failed(code);
  const certifyId = sha256Hex(`visit ${visits.size + 1}`).slice(0, 32);
  visits.set(certifyId, { openedAtMs: atMs, state: null, reads: 0 });
  return { code: '0', billed: false, fields: { errCode: 0, certifyId } };
}

/** Nobody visits a fake: the visit went well unless a script says otherwise. */
function read(
  visits: Map<string, Visit>,
  parameters: Readonly<Record<string, unknown>>,
  code: string | null,
  { atMs }: WholeRequest,
): Answer {
  const certifyId = String(parameters['certifyId']);
  const visit = visits.get(certifyId);
  if (code !== null && !STATES.includes(code)) return failed(code);
  if (!visit) return failed('54020');
  if (atMs - visit.openedAtMs > RESULT_MS) return failed('56001');
  if (visit.reads >= MOST_READS) return failed('56002');
  const authState = code ?? (visit.state === null || visit.state === 'PROCESSING' ? 'SUCCESS' : visit.state);
  visits.set(certifyId, { ...visit, state: authState, reads: visit.reads + 1 });
  const scores = authState === 'PROCESSING' ? {} : { score: authState === 'SUCCESS' ? 95.6 : 31.2, quality: 88.1 };
  const billed = authState === 'SUCCESS' && visit.state !== 'SUCCESS';
  return { code: authState, billed, fields: { errCode: 0, authState, ...scores } };
}
