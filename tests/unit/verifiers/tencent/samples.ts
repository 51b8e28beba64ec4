import type {
  Check,
  CheckMaterials,
  CheckRequest,
  ClipChallenge,
  ClipMaterial,
  Picture,
} from '../../../../src/shared/domain/verification.ts';
import type { CallContext } from '../../../../src/main/verifiers/contract.ts';
import type { TencentSettings } from '../../../../src/main/verifiers/tencent/tencent-services.ts';

/** Invented: the region 990000 doesn't exist. */
export const IDENTITY = { name: '测试·样本', number: '99000019900101001X' } as const;
export const ORDER_ID = '0190f3c1a2b37c4d9e5f60718293a4b5';

export const SETTINGS: TencentSettings = {
  keys: { accessKeyId: 'AKIDexample', secretAccessKey: 'example-secret' },
  region: 'ap-guangzhou',
  ruleId: '1',
};

/** 2026-11-22T11:00:00Z */
export const NOW_MS = Date.UTC(2026, 10, 22, 11);

export const CONTEXT: CallContext = {
  trace: { traceId: '0190f3c1a2b37c4d9e5f60718293a4b5', spanId: '00f067aa0ba902b7' },
};

export const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);

export function picture(differences: Partial<Picture> = {}): Picture {
  return { bytes: JPEG, format: 'jpeg', width: 720, height: 960, ...differences };
}

export function clip(challenge: ClipChallenge, differences: Partial<ClipMaterial> = {}): ClipMaterial {
  const file = { bytes: Buffer.from('a clip'), container: 'mp4', videoCodec: 'h264', audioCodec: 'aac' } as const;
  return { ...file, width: 480, height: 640, durationMs: 4_000, challenge, ...differences };
}

export function request(check: Check, materials: CheckMaterials): CheckRequest {
  return { certifyId: '0190f3c1-a2b3-7c4d-9e5f-60718293a4b5', check, orderId: ORDER_ID, materials };
}

/** One question that each operation answers, by a name of ours. */
export const QUESTIONS = {
  ImageRecognitionV2: request('face-authority', { identity: IDENTITY, face: picture() }),
  'LivenessRecognition LIP': request('video-authority', {
    identity: IDENTITY,
    clip: clip({ kind: 'digits', code: '4821' }),
  }),
  'LivenessRecognition ACTION': request('video-authority', {
    identity: IDENTITY,
    clip: clip({ kind: 'action', actions: '2,1' }),
  }),
  'LivenessRecognition SILENT': request('video-authority', { identity: IDENTITY, clip: clip({ kind: 'silent' }) }),
  LivenessCompare: request('video-reference', { reference: picture(), clip: clip({ kind: 'silent' }) }),
  CompareFace: request('face-reference', { face: picture(), reference: picture() }),
  DetectLiveFaceAccurate: request('face-live', { face: picture() }),
  CheckIdCardInformation: request('card-picture-authority', { identity: IDENTITY, cardFront: picture() }),
  IdCardVerification: request('identity', { identity: IDENTITY }),
  IdCardOCRVerification: request('identity', { identity: IDENTITY, cardFront: picture() }),
  CheckIdNameDate: request('identity-period', {
    identity: IDENTITY,
    validity: { from: '2020-01-31', to: 'long-term' },
  }),
  PhoneVerification: request('phone', { identity: IDENTITY, phone: '19900000000' }),
  BankCard2EVerification: request('bank-card-holder', { identity: IDENTITY, bankCard: '6200000000000005' }),
  BankCardVerification: request('bank-card', { identity: IDENTITY, bankCard: '6200000000000005' }),
  BankCard4EVerification: request('bank-card-phone', {
    identity: IDENTITY,
    bankCard: '6200000000000005',
    phone: '19900000000',
  }),
  IDCardOCR: request('id-card-reading', { cardFront: picture() }),
  BankCardOCR: request('bank-card-reading', { bankCardPicture: picture() }),
  DetectAIFakeFaces: request('fake-face', { face: picture() }),
} as const satisfies Record<string, CheckRequest>;
export type Question = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as Question[];

const CARD = { Name: IDENTITY.name, Sex: '女', Nation: '汉', Birth: '1990/1/1', Address: '样本市样本路1号' };
const CONFIRMED = { Result: 'Success', Description: '成功', Sim: 91.5 };
const ZERO = { Result: '0', Description: '认证通过' };

/** The fields of an answer that passes, by question. */
export const PASSING: Readonly<Record<Question, Readonly<Record<string, unknown>>>> = {
  ImageRecognitionV2: { ...CONFIRMED, Extra: ORDER_ID.slice(-10) },
  'LivenessRecognition LIP': { ...CONFIRMED, BestFrameBase64: JPEG.toString('base64'), BestFrameList: null },
  'LivenessRecognition ACTION': CONFIRMED,
  'LivenessRecognition SILENT': CONFIRMED,
  LivenessCompare: CONFIRMED,
  CompareFace: { Score: 50, FaceModelVersion: '3.0' },
  DetectLiveFaceAccurate: { Score: 40, FaceModelVersion: '3.0' },
  CheckIdCardInformation: { ...CONFIRMED, ...CARD, IdNum: IDENTITY.number, Portrait: '', Warnings: '' },
  IdCardVerification: ZERO,
  IdCardOCRVerification: { ...ZERO, ...CARD, IdCard: IDENTITY.number, Portrait: null, Warnings: '' },
  CheckIdNameDate: ZERO,
  PhoneVerification: { ...ZERO, Isp: '移动' },
  BankCard2EVerification: ZERO,
  BankCardVerification: ZERO,
  BankCard4EVerification: ZERO,
  IDCardOCR: { ...CARD, IdNum: IDENTITY.number, Authority: '', ValidDate: '', AdvancedInfo: '{"WarnInfos":[]}' },
  BankCardOCR: {
    CardNo: '6200000000000005',
    BankInfo: '样本银行(01000000)',
    ValidDate: '07/2033',
    CardType: '借记卡',
    WarningCode: null,
  },
  DetectAIFakeFaces: { AttackRiskLevel: 'Low', AttackRiskDetailList: [] },
};

/** The whole body of an answer. */
export function answerBody(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Response: { ...fields, RequestId: 'a-request' } });
}

export function errorBody(code: string, message = 'refused'): string {
  return answerBody({ Error: { Code: code, Message: message } });
}
