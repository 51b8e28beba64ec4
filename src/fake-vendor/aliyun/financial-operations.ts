import { GREY_JPEG_BASE64 } from '../synthetic.ts';
import { BILLED_FACE_SUB_CODES, FACE_SUB_CODES, FINANCIAL_CODES } from './codes.ts';
import type { AliyunAnswer, AliyunCall, AliyunOperation, Parameters } from './operation.ts';

/** After these the authority's record of that person can't be used: the next visit is refused with 417. */
const UNUSABLE_SOURCE = ['201', '202', '203'];

function financial(
  required: readonly string[],
  codes: readonly string[],
  answer: AliyunOperation['answer'],
): AliyunOperation {
  return { versions: ['2019-03-07'], required, codes: [...codes, ...FINANCIAL_CODES], missing: '400', answer };
}

/**
 * A good answer (`Code` 200). `code` is what was decided, for the record of calls: `ResultObject` has to say it by
 * itself.
 */
export function result(code: string, billed: boolean, ResultObject: Readonly<Record<string, unknown>>): AliyunAnswer {
  return { code, billed, fields: { Code: '200', Message: 'success', ResultObject } };
}

/** A call that ended with `Code` instead of a `ResultObject`: HTTP status 200, never billed. */
export function refused(code: string, message = `refused with ${code}`): AliyunAnswer {
  return { code, billed: false, fields: { Code: code, Message: message } };
}

/**
 * Whether a code stands in `Code` and so refuses the call; all others are outcomes in the `ResultObject` of a good
 * answer.
 */
export function isRefusal(code: string): boolean {
  return (FINANCIAL_CODES as readonly string[]).includes(code);
}

function verdict(certifyId: string, code: string): Readonly<Record<string, unknown>> {
  const material = {
    faceAttack: code === '205' ? 'T' : 'F',
    facialPictureFront: { qualityScore: 88.3, verifyScore: code === '204' ? 21.7 : 96.1 },
    verifyScore: code === '204' ? 21.7 : 96.1,
  };
  return {
    CertifyId: certifyId,
    Passed: code === '200' ? 'T' : 'F',
    SubCode: code,
    IdentityInfo: '{}',
    MaterialInfo: JSON.stringify(material),
  };
}

/** A picture or clip that is sent, judged in the same call. */
function judge(call: AliyunCall): AliyunAnswer {
  const { parameters, memory, request } = call;
  const code = call.scripted ?? pictureFault(call) ?? '200';
  if (isRefusal(code)) return refused(code);
  const key = memory.newId();
  memory.keep({ key, openedAtMs: request.atMs, parameters, code });
  rememberSource(call, code);
  return result(code, (BILLED_FACE_SUB_CODES as readonly string[]).includes(code), verdict(key, code));
}

function rememberSource({ parameters, memory }: AliyunCall, code: string): void {
  const number = parameters['CertNo'];
  if (number !== undefined && UNUSABLE_SOURCE.includes(code)) memory.unusableNumbers.add(number);
}

/** 400 without a picture, 401 for an object that isn't there, 500 for a clip that isn't one: so the vendor says it. */
function pictureFault({ parameters, storedObject }: AliyunCall): string | null {
  const { OssBucketName, OssObjectName } = parameters;
  const inline = ['FaceContrastPicture', 'FaceContrastPictureUrl', 'FaceContrastFile', 'CertifyId'];
  if (inline.some((name) => (parameters[name] ?? '') !== '')) return null;
  if (!OssBucketName || !OssObjectName) return '400';
  const stored = storedObject(OssBucketName, OssObjectName);
  if (stored === null) return '401';
  const isClip = stored.subarray(4, 8).toString('latin1') === 'ftyp';
  return parameters['ProductCode'] === 'ID_MIN_VIDEO' && !isClip ? '500' : null;
}

function open({ parameters, memory, request, scripted }: AliyunCall): AliyunAnswer {
  const locked = memory.unusableNumbers.has(parameters['CertNo'] ?? '');
  const code = scripted ?? (locked ? '417' : '200');
  if (code !== '200') return refused(code);
  const key = memory.newId();
  memory.keep({ key, openedAtMs: request.atMs, parameters, code: null });
  const page = parameters['ReturnUrl'] === undefined ? {} : { CertifyUrl: `https://visit.invalid/?certifyId=${key}` };
  return result('200', false, { CertifyId: key, ...page });
}

/** Nobody visits a fake's page: a visit went well unless a script says otherwise. */
function describe(call: AliyunCall): AliyunAnswer {
  const { parameters, memory, scripted } = call;
  const known = memory.find(parameters['CertifyId'] ?? '');
  if (scripted !== null && isRefusal(scripted)) return refused(scripted);
  if (known === null) return refused('406');
  const code = scripted ?? known.code ?? '200';
  memory.keep({ ...known, code });
  rememberSource({ ...call, parameters: known.parameters }, code);
  return result(code, false, {
    ...verdict(known.key, code),
    DeviceRisk: '',
    DeviceToken: '',
    Success: code === '200' ? 'T' : 'F',
    MaterialInfo: JSON.stringify({ facialPictureFront: { pictureUrl: '', bytes: GREY_JPEG_BASE64 } }),
  });
}

function compare({ parameters, scripted, memory }: AliyunCall): AliyunAnswer {
  const complete = ['Source', 'Target'].every((side) => hasPicture(parameters, side));
  const code = scripted ?? (complete ? 'T' : '400');
  if (isRefusal(code)) return refused(code);
  const VerifyScore = code === 'T' ? 91.5 : 12.3;
  return result(code, true, { CertifyId: memory.newId(), Passed: code, VerifyScore });
}

function hasPicture(parameters: Parameters, side: string): boolean {
  const forms = ['FaceContrastPicture', 'FaceContrastPictureUrl', 'OssObjectName', 'CertifyId'];
  return forms.some((form) => (parameters[`${side}${form}`] ?? '') !== '');
}

function erase({ parameters, scripted, memory }: AliyunCall): AliyunAnswer {
  const CertifyId = parameters['CertifyId'] ?? '';
  const code = scripted ?? (memory.find(CertifyId) === null ? '406' : '200');
  if (code !== '200') return refused(code);
  memory.forget(CertifyId);
  return result(code, false, { CertifyId, DeleteResult: 'Y', FailReason: '' });
}

export const FINANCIAL_OPERATIONS: Readonly<Record<string, AliyunOperation>> = {
  InitFaceVerify: financial(['SceneId', 'OuterOrderNo', 'ProductCode', 'MetaInfo'], ['200'], open),
  DescribeFaceVerify: financial(['SceneId', 'CertifyId'], FACE_SUB_CODES, describe),
  ContrastFaceVerify: financial(
    ['SceneId', 'OuterOrderNo', 'ProductCode', 'CertType', 'CertName', 'CertNo'],
    FACE_SUB_CODES,
    judge,
  ),
  LivenessFaceVerify: financial(['SceneId', 'OuterOrderNo', 'ProductCode'], ['200', '205', '206'], judge),
  CompareFaceVerify: financial(['SceneId', 'OuterOrderNo', 'ProductCode'], ['T', 'F'], compare),
  DeleteFaceVerifyResult: financial(['CertifyId', 'DeleteAfterQuery'], ['200'], erase),
  DeepfakeDetect: financial(['OuterOrderNo', 'FaceInputType'], ['0', '1', '2'], ({ scripted }) => {
    const code = scripted ?? '0';
    if (isRefusal(code)) return refused(code);
    return result(code, true, {
      Result: code,
      RiskScore: { SuspectDeepForgery: code === '0' ? '1' : '97' },
      RiskTag: '',
    });
  }),
};
