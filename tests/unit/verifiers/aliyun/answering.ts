import { createAliyunVerifier } from '../../../../src/main/verifiers/aliyun/aliyun-verifier.ts';
import type { AliyunSettings } from '../../../../src/main/verifiers/aliyun/settings.ts';
import type {
  TransportProblem,
  VendorClientParts,
  VendorRequest,
  VendorResponse,
} from '../../../../src/main/verifiers/contract.ts';
import type { Check, CheckAnswer, CheckMaterials, CheckOutcome } from '../../../../src/shared/domain/verification.ts';
import { err, ok, type Result } from '../../../../src/shared/result.ts';
import { CERTIFY_ID, CONTEXT, KEYS, MATERIALS, ORDER_ID } from './samples.ts';

/** What comes back to one request; by default a record is deleted and an object put away. */
export type Reply = Result<VendorResponse, TransportProblem>;

export function reply(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  const bytes = typeof body === 'string' ? body : JSON.stringify(body);
  return ok({ status, headers: new Headers(headers), body: Buffer.from(bytes) });
}

export function lost(arrived: 'no' | 'maybe'): Reply {
  return err({ failure: { code: 'verifier.unreachable', detail: 'ECONNRESET' }, arrived });
}

export const SETTINGS: AliyunSettings = {
  keys: KEYS,
  endpoint: 'https://cloudauth.aliyuncs.com',
  scenes: { ID_MIN: 1, ID_MIN_VIDEO: 2, LR_FR_MIN: 3, PV_FC: 4 },
  oss: { bucket: 'clips', endpoint: 'https://oss-cn-shanghai.aliyuncs.com', region: 'cn-shanghai' },
};

export interface Rehearsal {
  readonly verifier: ReturnType<typeof createAliyunVerifier>;
  readonly sent: VendorRequest[];
  readonly ask: (check: Check, change?: Partial<CheckMaterials>) => Promise<CheckAnswer>;
}

/** A verifier whose vendor answers as it is told; deletions succeed. */
export function rehearse(
  answer: (request: VendorRequest, action: string) => Reply,
  settings: Partial<AliyunSettings> = {},
  deletion: Reply = reply({ Code: '200', RequestId: 'R', ResultObject: { DeleteResult: 'Y' } }),
): Rehearsal {
  const sent: VendorRequest[] = [];
  let count = 0;
  const parts: VendorClientParts = {
    send: (request) => {
      sent.push(request);
      const action = request.headers['x-acs-action'] ?? request.method;
      return Promise.resolve(usual(action, deletion) ?? answer(request, action));
    },
    clock: { wallMs: () => Date.UTC(2026, 10, 22), monotonicMs: () => 0 },
    randomBytes: (length) => Buffer.alloc(length, (count += 1)),
  };
  const verifier = createAliyunVerifier(parts, { ...SETTINGS, ...settings });
  return {
    verifier,
    sent,
    ask: (check, change = {}) =>
      verifier.check(
        { certifyId: CERTIFY_ID, check, orderId: ORDER_ID, materials: { ...MATERIALS, ...change } },
        CONTEXT,
      ),
  };
}

function usual(action: string, deletion: Reply): Reply | null {
  if (action === 'PUT') return reply('');
  if (action === 'DELETE') return reply('', 204);
  return action === 'DeleteFaceVerifyResult' ? deletion : null;
}

export function outcomeOf(answer: CheckAnswer): CheckOutcome {
  if (answer.kind === 'pending') throw new Error('pending');
  return answer.outcome;
}

/** What passes each check, so that a test knows that nothing else does. */
export const PASSES: Partial<Readonly<Record<Check, object>>> = {
  'face-authority': face({ Passed: 'T', SubCode: '200' }),
  'video-authority': face({ Passed: 'T', SubCode: '200' }),
  'face-live': face({ Passed: 'T', SubCode: '200' }),
  'face-reference': face({ Passed: 'T', VerifyScore: 91.5 }),
  identity: meta({ BizCode: '1' }),
  'identity-period': meta({ BizCode: '1' }),
  phone: meta({ BizCode: '1', IspName: 'CMCC' }),
  'bank-card-holder': meta({ BizCode: '1', SubCode: '101' }),
  'bank-card': meta({ BizCode: '1', SubCode: '101' }),
  'bank-card-phone': meta({ BizCode: '1', SubCode: '101' }),
  'fake-face': meta({ Result: '0', RiskTag: '' }),
};
export const CHECKS_SERVED = Object.keys(PASSES) as Check[];

function face(result: object): object {
  const MaterialInfo = '{"faceAttack":"F","facialPictureFront":{"qualityScore":88.3,"verifyScore":96.1}}';
  return meta({ CertifyId: 'sha0001', MaterialInfo, ...result });
}

export function meta(ResultObject: object, Code: string | number = '200'): object {
  return { Code, Message: 'success', RequestId: 'R-1', ResultObject };
}
