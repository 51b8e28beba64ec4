import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScriptedAnswer } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import { settled } from '../../../src/main/verifiers/check-outcomes.ts';
import type { Verifier } from '../../../src/main/verifiers/contract.ts';
import { CHECKS, type Check, type CheckOutcome } from '../../../src/shared/domain/verification.ts';
import type { ReasonCode, VerdictState } from '../../../src/shared/reasons.ts';
import { createMockVerifier, mockOutcome } from '../../../src/verifier/adapters/mock-verifier.ts';
import { orderChecks } from '../../../src/verifier/adapters/ordered-checks.ts';
import { startSessionVerifier } from '../session-verifier.ts';
import type { TerminalVerifier } from './terminal.ts';

/** Who answers a terminal's questions, with what a test lets them say next. */
export interface AnsweringVerifier {
  readonly name: 'kv1' | 'tencent' | 'aliyun';
  readonly connection: TerminalVerifier;
  /** Whether it answers this check at all. */
  serves(check: Check): boolean;
  /** From now on this check is answered so; false where this verifier never says that about it. */
  say(check: Check, state: VerdictState): boolean;
  close(): Promise<void>;
}

/** What each check is refuted by, and what leaves it undecided. */
const REFUTED: Partial<Readonly<Record<Check, ReasonCode>>> = {
  'face-live': 'liveness.spoof-suspected',
  identity: 'identity.mismatch',
  phone: 'phone.mismatch',
  'bank-card': 'bank-card.mismatch',
  'bank-card-phone': 'bank-card.mismatch',
};
const UNDECIDED: Partial<Readonly<Record<Check, ReasonCode>>> = {
  identity: 'identity.not-found',
  phone: 'phone.not-found',
  'bank-card': 'bank-card.not-checked',
  'bank-card-phone': 'bank-card.not-checked',
};

function reasonFor(check: Check, state: VerdictState): ReasonCode {
  if (state === 'passed') return 'ok.confirmed';
  if (state === 'failed') return REFUTED[check] ?? 'face.low-similarity';
  return state === 'review' ? (UNDECIDED[check] ?? 'source.no-photo') : 'source.unavailable';
}

/** Our own verifier on a real port, behind which somebody answers as told. */
export async function answeringKv1(): Promise<AnsweringVerifier> {
  const folder = mkdtempSync(join(tmpdir(), 'answering-'));
  const said = new Map<Check, VerdictState>();
  const outcome = (check: Check): CheckOutcome => mockOutcome(reasonFor(check, said.get(check) ?? 'passed'));
  const mock = createMockVerifier({});
  const told: Verifier = { ...mock, check: async ({ check }) => settled(outcome(check)) };
  const verifier = await startSessionVerifier({
    folder,
    checks: orderChecks([told], Object.fromEntries(CHECKS.map((check) => [check, ['mock']]))),
  });
  return {
    name: 'kv1',
    connection: { kind: 'kv1', address: verifier.address, enrolmentCode: await verifier.enrolmentCode() },
    serves: () => true,
    say: (check, state) => {
      said.set(check, state);
      return true;
    },
    close: async () => {
      await verifier.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The operation that answers a check, and the code by which it says so; codes by docs/verifiers/table.md. */
interface VendorWords {
  readonly operation: string;
  readonly passed: string;
  readonly failed?: string;
  readonly review?: string;
}
type Vocabulary = Partial<Readonly<Record<Check, VendorWords>>>;

const TENCENT: Vocabulary = {
  'face-authority': {
    operation: 'ImageRecognitionV2',
    passed: 'Success',
    failed: 'FailedOperation.CompareLowSimilarity',
    review: 'FailedOperation.IdPhotoNoExist',
  },
  'face-reference': { operation: 'CompareFace', passed: 'Success' },
  'face-live': { operation: 'DetectLiveFaceAccurate', passed: 'Success' },
  identity: { operation: 'IdCardVerification', passed: '0', failed: '-1', review: '-5' },
  phone: { operation: 'PhoneVerification', passed: '0', failed: '-4', review: '-9' },
  'bank-card': { operation: 'BankCardVerification', passed: '0', failed: '-1', review: '-6' },
  'bank-card-phone': { operation: 'BankCard4EVerification', passed: '0', failed: '-1', review: '-7' },
  'id-card-reading': { operation: 'IDCardOCR', passed: 'Success', review: '-9102' },
  'bank-card-reading': { operation: 'BankCardOCR', passed: 'Success', review: '-9113' },
};

const ALIYUN: Vocabulary = {
  'face-authority': { operation: 'ContrastFaceVerify', passed: '200', failed: '204', review: '203' },
  'video-authority': { operation: 'ContrastFaceVerify', passed: '200', failed: '204', review: '203' },
  'face-reference': { operation: 'CompareFaceVerify', passed: 'T', failed: 'F' },
  'face-live': { operation: 'LivenessFaceVerify', passed: '200', failed: '205' },
  identity: { operation: 'Id2MetaVerify', passed: '1', failed: '2', review: '3' },
  phone: { operation: 'Mobile3MetaSimpleVerify', passed: '1', failed: '2', review: '3' },
  'bank-card': { operation: 'BankMetaVerify', passed: '101', failed: '2', review: '3' },
  'bank-card-phone': { operation: 'BankMetaVerify', passed: '101', failed: '2', review: '3' },
};

const KEYS = { accessKeyId: 'test-access-key', secretAccessKey: 'test-secret-key' } as const;

/** A vendor's stand-in that the terminal asks directly. */
export async function answeringVendor(name: 'tencent' | 'aliyun'): Promise<AnsweringVerifier> {
  const vendor = await startFakeVendor(name, { account: KEYS });
  const { address } = vendor;
  const vocabulary = name === 'tencent' ? TENCENT : ALIYUN;
  const setting =
    name === 'tencent'
      ? ({
          vendor: 'tencent',
          region: 'ap-guangzhou',
          endpoints: { faceid: address, iai: address, ocr: address },
        } as const)
      : ({
          vendor: 'aliyun',
          endpoint: address,
          scenes: { ID_MIN: 1_000_001, ID_MIN_VIDEO: 1_000_002, LR_FR_MIN: 1_000_003, PV_FC: 1_000_004 },
          oss: { bucket: 'clips', endpoint: address, region: 'cn-shanghai' },
        } as const);
  return {
    name,
    connection: { kind: 'direct', setting, keys: KEYS },
    serves: (check) => vocabulary[check] !== undefined,
    say: (check, state) => {
      const words = vocabulary[check];
      if (!words) return false;
      const answer: ScriptedAnswer | null = state === 'error' ? { httpStatus: 503, body: '' } : coded(words[state]);
      if (answer) vendor.script(words.operation, [answer]);
      return answer !== null;
    },
    close: () => vendor.close(),
  };
}

function coded(code: string | undefined): ScriptedAnswer | null {
  return code === undefined ? null : { code };
}
