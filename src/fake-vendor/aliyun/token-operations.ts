import { SYNTHETIC_CARD } from '../synthetic.ts';
import type { Case } from './case-memory.ts';
import {
  HTTP_ERRORS,
  IDENTITY_ERRORS,
  MATERIAL_ERRORS,
  STATUS_CODES,
  TICKET_ERRORS,
  VERIFY_STATUSES,
} from './codes.ts';
import type { AliyunAnswer, AliyunCall, AliyunOperation, Parameters } from './operation.ts';

const TOKEN_MS = 30 * 60_000;
/** Where pictures of a visit are put: the object store of the same address. */
const UPLOAD_BUCKET = 'verify-external-image';

/** An error with its own HTTP status, as the older operations and the gateway answer. */
export function httpError(code: string, message = `refused with ${code}`): AliyunAnswer {
  return { code, billed: false, status: HTTP_ERRORS[code] ?? 400, fields: { Code: code, Message: message } };
}

function isHttpError(code: string): boolean {
  return !/^-?\d{1,2}$/.test(code);
}

/** Of 2018: an envelope with `Success` and `Data`; the code is 1 where all went well. */
function early(
  required: readonly string[],
  codes: readonly string[],
  answer: AliyunOperation['answer'],
): AliyunOperation {
  return { versions: ['2018-09-16'], required, codes, missing: 'InvalidParam.ParamMissing', answer };
}

function later(
  required: readonly string[],
  codes: readonly string[],
  answer: AliyunOperation['answer'],
): AliyunOperation {
  return { versions: ['2019-03-07'], required, codes, missing: 'InvalidParameter', answer };
}

function envelope(code: string, billed: boolean, Data: Readonly<Record<string, unknown>>): AliyunAnswer {
  return { code, billed, fields: { Code: '1', Success: true, Data } };
}

function ticketKey(parameters: Parameters): string {
  return `ticket|${parameters['Biz'] ?? parameters['BizType'] ?? ''}|${parameters['TicketId'] ?? parameters['BizId'] ?? ''}`;
}

function openTicket({ parameters, memory, request, scripted }: AliyunCall): { readonly token: string } | AliyunAnswer {
  if (scripted !== null && isHttpError(scripted)) return httpError(scripted);
  const key = ticketKey(parameters);
  const token = memory.newId();
  const openedAtMs = request.atMs;
  memory.keep({ key: `token|${token}`, openedAtMs, parameters: { ...parameters, key }, code: null });
  memory.keep({ key, openedAtMs, parameters, code: memory.find(key)?.code ?? null });
  return { token };
}

function getVerifyToken(call: AliyunCall): AliyunAnswer {
  const opened = openTicket(call);
  if (!('token' in opened)) return opened;
  return envelope('1', false, {
    VerifyToken: { Token: opened.token, DurationSeconds: TOKEN_MS / 1000 },
    StsToken: {
      BucketName: UPLOAD_BUCKET,
      EndPoint: `http://${call.request.headers['host'] ?? ''}`,
      AccessKeyId: call.account.accessKeyId,
      AccessKeySecret: call.account.secretAccessKey,
      Token: call.account.securityToken ?? '',
      Path: `${opened.token}/`,
      Expiration: new Date(call.request.atMs + TOKEN_MS).toISOString(),
    },
    CloudauthPageUrl: pageOf(opened.token),
  });
}

function describeVerifyToken(call: AliyunCall): AliyunAnswer {
  const opened = openTicket(call);
  if (!('token' in opened)) return opened;
  const { token } = opened;
  const OssUploadToken = {
    Bucket: UPLOAD_BUCKET,
    EndPoint: `http://${call.request.headers['host'] ?? ''}`,
    Key: call.account.accessKeyId,
    Secret: call.account.secretAccessKey,
    Token: call.account.securityToken ?? '',
    Path: `${token}/`,
    Expired: call.request.atMs + TOKEN_MS,
  };
  const VerifyPageUrl = pageOf(token);
  return { code: '1', billed: false, fields: { VerifyToken: token, VerifyPageUrl, OssUploadToken } };
}

function pageOf(token: string): string {
  return `https://visit.invalid/?token=${token}`;
}

/** A ticket that nobody opened was never submitted; one that is in progress has passed by the next question. */
function statusOf(known: Case | null, scripted: string | null): string {
  if (scripted !== null) return scripted;
  if (known === null) return '-1';
  return known.code === null || known.code === '0' ? '1' : known.code;
}

function getStatus({ parameters, memory, scripted }: AliyunCall): AliyunAnswer {
  if (scripted !== null && isHttpError(scripted)) return httpError(scripted);
  const known = memory.find(ticketKey(parameters));
  const code = statusOf(known, scripted);
  if (known) memory.keep({ ...known, code });
  return envelope(code, false, {
    StatusCode: Number(code),
    SimilarityScore: code === '1' ? 93.12 : 0,
    ...(code === '2' ? { AuditConclusions: '身份证照片模糊' } : {}),
  });
}

function getMaterials({ parameters, scripted }: AliyunCall): AliyunAnswer {
  if (scripted !== null && isHttpError(scripted)) return httpError(scripted);
  return envelope('1', false, {
    Name: SYNTHETIC_CARD.name,
    IdentificationNumber: SYNTHETIC_CARD.number,
    IdCardType: 'SECOND_GENERATION_ID_CARD',
    IdCardStartDate: '20150101',
    IdCardExpiry: '20350101',
    Sex: 'm',
    EthnicGroup: SYNTHETIC_CARD.nation,
    FacePic: `https://${parameters['Biz'] ?? 'biz'}.invalid/face.jpg`,
  });
}

function submit(call: AliyunCall): AliyunAnswer {
  const { parameters, memory, request, scripted } = call;
  if (scripted !== null && isHttpError(scripted)) return httpError(scripted);
  const token = parameters['VerifyToken'];
  const issued = token === undefined ? null : memory.find(`token|${token}`);
  const expired = issued === null || request.atMs - issued.openedAtMs > TOKEN_MS;
  if (token !== undefined && expired) return httpError('InvalidParam.VerifyTokenExpired');
  if (parameters['Material.1.MaterialType'] === undefined) return httpError('InvalidParam.MaterialsEmpty');
  const key = issued?.parameters['key'] ?? ticketKey(parameters);
  if (['0', '1'].includes(memory.find(key)?.code ?? '')) return httpError('Error.DuplicatedTicketId');
  const code = scripted ?? '1';
  memory.keep({ key, openedAtMs: request.atMs, parameters, code });
  return envelope(code, code === '1' || code === '2', {
    VerifyStatus: { StatusCode: Number(code), SimilarityScore: code === '1' ? 95.2 : 31.4 },
  });
}

function verifyStatus(code: string, parameters: Parameters): Readonly<Record<string, unknown>> {
  return {
    VerifyStatus: Number(code),
    AuthorityComparisionScore: code === '1' ? 97.3 : 12.5,
    FaceComparisonScore: code === '1' ? 97.3 : 12.5,
    IdCardFaceComparisonScore: code === '6' ? 20.1 : 88,
    Material: {
      IdCardName: parameters['Name'] ?? SYNTHETIC_CARD.name,
      IdCardNumber: parameters['IdCardNumber'] ?? SYNTHETIC_CARD.number,
      FaceQuality: 'NORMAL',
      FaceMask: false,
    },
  };
}

function describeVerifyResult({ parameters, memory, scripted }: AliyunCall): AliyunAnswer {
  if (scripted !== null && isHttpError(scripted)) return httpError(scripted);
  const known = memory.find(ticketKey(parameters));
  const code = statusOf(known, scripted);
  if (known) memory.keep({ ...known, code });
  return { code, billed: false, fields: verifyStatus(code, known?.parameters ?? {}) };
}

/** Everything comes along and is decided in the same call; asking again after a pass gives the same pass, unbilled. */
function verifyMaterial({ parameters, memory, request, scripted }: AliyunCall): AliyunAnswer {
  if (scripted !== null && isHttpError(scripted)) return httpError(scripted);
  const key = ticketKey(parameters);
  const passed = memory.find(key)?.code === '1';
  const code = passed ? '1' : (scripted ?? '1');
  memory.keep({ key, openedAtMs: request.atMs, parameters, code });
  const billed = !passed && !['-1', '11', '12'].includes(code);
  return { code, billed, fields: { ...verifyStatus(code, parameters), VerifyToken: memory.newId() } };
}

export const TOKEN_OPERATIONS: Readonly<Record<string, AliyunOperation>> = {
  GetVerifyToken: early(['Biz', 'TicketId'], ['1', ...TICKET_ERRORS], getVerifyToken),
  GetStatus: early(['Biz', 'TicketId'], [...STATUS_CODES, ...TICKET_ERRORS], getStatus),
  GetMaterials: early(['Biz', 'TicketId'], ['1', ...TICKET_ERRORS], getMaterials),
  SubmitMaterials: early(['VerifyToken'], [...STATUS_CODES, ...MATERIAL_ERRORS], submit),
  SubmitVerification: early(['Biz', 'TicketId'], [...STATUS_CODES, ...MATERIAL_ERRORS], submit),
  DescribeVerifyToken: later(['BizType', 'BizId'], ['1', ...IDENTITY_ERRORS, ...TICKET_ERRORS], describeVerifyToken),
  DescribeVerifyResult: later(['BizType', 'BizId'], [...VERIFY_STATUSES, ...TICKET_ERRORS], describeVerifyResult),
  VerifyMaterial: later(
    ['BizType', 'BizId', 'Name', 'IdCardNumber', 'FaceImageUrl'],
    [...VERIFY_STATUSES, ...IDENTITY_ERRORS, ...TICKET_ERRORS],
    verifyMaterial,
  ),
};
