import { GREY_JPEG_BASE64 } from '../synthetic.ts';
import { HOSTED_CODES } from './codes.ts';
import type { ErrorCode, Fields, GivenToken, Parameters, TencentOperation, TokenMemory } from './operation.ts';

const FACEID = '2018-03-01';
/** How long a result can be asked for. */
const RESULT_MS = 3 * 24 * 3600 * 1000;

const DETECT_INFO_INPUTS = [
  'InfoType',
  'BestFramesCount',
  'IsCutIdCardImage',
  'IsNeedIdCardAvatar',
  'IsEncrypt',
  'Encryption',
  'IsEncryptResponse',
  'IsReturnAllVideo',
];

function opening(
  required: readonly string[],
  optional: readonly string[],
  answer: TencentOperation['answer'],
): TencentOperation {
  return {
    version: FACEID,
    required,
    optional,
    success: 'Success',
    fieldCodes: ['Success'],
    errorCodes: [],
    billed: [],
    answer,
  };
}

/** Results of a visit to a hosted page: nobody visits a fake, so the visit went well unless a script says otherwise. */
function result(
  required: readonly string[],
  optional: readonly string[],
  answer: (token: GivenToken, code: string) => Fields,
): TencentOperation {
  return {
    version: FACEID,
    required,
    optional,
    success: '0',
    fieldCodes: HOSTED_CODES,
    errorCodes: [],
    billed: [],
    answer: (parameters, code, memory, { atMs }) => {
      const token = findToken(parameters, memory);
      if (token === null) return { error: 'InvalidParameterValue.BizTokenIllegal' } satisfies ErrorCode;
      if (atMs - token.givenAtMs > RESULT_MS) return { error: 'InvalidParameterValue.BizTokenExpired' };
      return answer(token, code);
    },
  };
}

function findToken({ BizToken, FaceIdToken }: Parameters, memory: TokenMemory): GivenToken | null {
  const token = BizToken ?? FaceIdToken;
  return typeof token === 'string' ? memory.find(token) : null;
}

function detectText({ parameters }: GivenToken, code: string): Fields {
  const good = code === '0';
  return {
    ErrCode: Number(code),
    ErrMsg: good ? '成功' : `错误 ${code}`,
    IdCard: parameters['IdCard'] ?? null,
    Name: parameters['Name'] ?? null,
    UseIDType: 0,
    LiveStatus: good ? 0 : Number(code),
    LiveMsg: good ? '成功' : `错误 ${code}`,
    Comparestatus: good ? 0 : Number(code),
    Comparemsg: good ? '成功' : `错误 ${code}`,
    CompareLibType: '权威库',
    Sim: good ? '91.20' : null,
    LivenessMode: 1,
    Extra: parameters['Extra'] ?? '',
    LivenessDetail: [],
  };
}

export const HOSTED_OPERATIONS: Readonly<Record<string, TencentOperation>> = {
  DetectAuth: opening(
    ['RuleId'],
    [
      'TerminalType',
      'IdCard',
      'Name',
      'RedirectUrl',
      'Extra',
      'ImageBase64',
      'Encryption',
      'IntentionVerifyText',
      'IntentionQuestions',
      'IntentionActions',
      'Config',
    ],
    (parameters, _, memory, { atMs }) => {
      const BizToken = memory.give('BIZ', parameters, atMs);
      return { Url: `https://visit.invalid/?token=${BizToken}`, BizToken };
    },
  ),
  GetDetectInfo: result(['BizToken', 'RuleId'], ['InfoType'], (token, code) => ({
    DetectInfo: JSON.stringify({ Text: detectText(token, code), BestFrame: { BestFrame: GREY_JPEG_BASE64 } }),
  })),
  GetDetectInfoEnhanced: result(['BizToken', 'RuleId'], DETECT_INFO_INPUTS, (token, code) => ({
    Text: detectText(token, code),
    BestFrame: { BestFrame: GREY_JPEG_BASE64, BestFrames: [] },
  })),
  GetFaceIdToken: opening(
    ['CompareLib'],
    ['IdCard', 'Name', 'ImageBase64', 'Meta', 'Extra', 'UseCos', 'Encryption', 'RuleId', 'MetaData'],
    (parameters, _, memory, { atMs }) => ({ FaceIdToken: memory.give('FACE', parameters, atMs), ClientConfig: '' }),
  ),
  GetFaceIdResult: result(
    ['FaceIdToken'],
    ['IsNeedVideo', 'IsNeedBestFrame', 'IsEncryptResponse', 'Encryption'],
    ({ parameters }, code) => ({
      IdCard: parameters['IdCard'] ?? null,
      Name: parameters['Name'] ?? null,
      Result: code,
      Description: code === '0' ? '成功' : `错误 ${code}`,
      Similarity: code === '0' ? 91.2 : 0,
      BestFrameBase64: GREY_JPEG_BASE64,
      Extra: parameters['Extra'] ?? '',
      LivenessInfoTag: '[]',
    }),
  ),
};
