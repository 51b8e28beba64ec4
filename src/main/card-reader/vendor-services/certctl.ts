import { z } from 'zod';
import type { CardKind } from '../../../shared/domain/document.ts';
import { parseIdentityNumber } from '../../../shared/domain/identity-number.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { checkedAnswer, flag, picture, text, textOrNumber } from './answer-fields.ts';
import { cardTextFrom } from './card-text.ts';
import { kindOfNumber } from './card-values.ts';
import {
  CLOSE_TIMEOUT_MS,
  OPEN_TIMEOUT_MS,
  READ_TIMEOUT_MS,
  STATUS_TIMEOUT_MS,
  type HttpDialect,
} from './http-dialect.ts';
import { complaintIn, deviceNotReady, refusal } from './service-messages.ts';
import { serviceMalformed } from './service-failures.ts';
import { servicePortrait } from './service-portrait.ts';
import type { ServiceReading } from './vendor-service.ts';

const resultSchema = z.object({ resultFlag: flag, errorMsg: text, resultContent: z.unknown().optional() });

const statusSchema = z.object({ resultFlag: flag, errorMsg: text, status: flag.nullish() });

const cardSchema = z.object({
  certType: textOrNumber,
  partyName: text,
  chineseName: text,
  gender: textOrNumber,
  nation: text,
  bornDay: text,
  certAddress: text,
  certNumber: text,
  certOrg: text,
  effDate: text,
  expDate: text,
  passportNo: text,
  signNum: textOrNumber,
  identityPic: picture,
});
type Card = z.output<typeof cardSchema>;

/** The service that brought the CertCtl calls to the web (精伦, 新中新, 神思 and others), usually at port 18889. */
export const CERTCTL: HttpDialect = {
  label: 'CertCtl',
  emptyAfterMs: null,
  prepare: { call: { method: 'POST', path: '/api/connect', timeoutMs: OPEN_TIMEOUT_MS }, parse: parseResult },
  status: { call: { method: 'POST', path: '/api/getStatus', timeoutMs: STATUS_TIMEOUT_MS }, parse: parseStatus },
  version: null,
  samId: null,
  read: { call: { method: 'POST', path: '/api/readCard', timeoutMs: READ_TIMEOUT_MS }, parse: parseReading },
  // The same with pictures of both sides of the card, which aren't used.
  olderRead: { call: { method: 'POST', path: '/api/readCert', timeoutMs: READ_TIMEOUT_MS }, parse: parseReading },
  close: { method: 'POST', path: '/api/disconnect', timeoutMs: CLOSE_TIMEOUT_MS },
};

function parseResult(answer: unknown): Result<void, Failure> {
  const result = checkedAnswer(resultSchema, answer);
  if (!result.ok) return result;
  const { resultFlag, errorMsg } = result.value;
  return resultFlag === 0 ? ok(undefined) : err(refusal(errorMsg, resultFlag));
}

/** The flag says whether the question was answered, `status` whether the reader is connected (0). */
function parseStatus(answer: unknown): Result<void, Failure> {
  const result = checkedAnswer(statusSchema, answer);
  if (!result.ok) return result;
  const { resultFlag, errorMsg, status } = result.value;
  if (resultFlag !== 0) return err(refusal(errorMsg, resultFlag));
  return status === 0 || status === null || status === undefined ? ok(undefined) : err(deviceNotReady(status));
}

/** One flag stands for every reason why nothing was read; only the text tells a missing reader from a missing card. */
function parseReading(answer: unknown): Result<ServiceReading, Failure> {
  const result = checkedAnswer(resultSchema, answer);
  if (!result.ok) return result;
  const { resultFlag, errorMsg, resultContent } = result.value;
  if (resultFlag !== 0) {
    const complaint = complaintIn(errorMsg);
    const nothingRead = complaint === 'no-card' || (complaint === null && (resultFlag === -1 || resultFlag === -2));
    return nothingRead ? ok({ state: 'none' }) : err(refusal(errorMsg, resultFlag));
  }
  const given = checkedAnswer(cardSchema, resultContent);
  if (!given.ok) return err(serviceMalformed(`resultContent ${given.error.detail}`));
  const said = given.value;
  const card = cardTextFrom({
    kind: kindOf(said),
    ...namesOf(said),
    sex: sexOf(said),
    nation: said.nation,
    birthDate: said.bornDay,
    address: said.certAddress,
    number: said.certNumber,
    issuer: said.certOrg,
    validFrom: said.effDate,
    validTo: said.expDate,
    passNumber: said.passportNo,
    issueCount: said.signNum,
  });
  if (!card.ok) return card;
  return ok({ state: 'card', text: card.value, portrait: servicePortrait(said.identityPic) });
}

/** The chip's type flag, or the operators' codes: 1 resident, 50 foreigner, 54 Taiwan, 55 Hong Kong and Macao. */
function kindOf({ certType, certNumber }: Card): CardKind | null {
  const byNumber = kindOfNumber(certNumber.trim().toUpperCase()) ?? null;
  switch (certType.trim()) {
    case '':
      return byNumber;
    case '1':
      return 'resident';
    case 'J':
    case '54':
    case '55':
      return 'hmt';
    case 'I':
      return 'foreigner-2017';
    case 'Y':
      return 'foreigner-2023';
    case '50':
      return byNumber === 'foreigner-2017' || byNumber === 'foreigner-2023' ? byNumber : null;
    default:
      return null;
  }
}

/** On foreigners' cards the main name is the English one. */
function namesOf({ partyName, chineseName }: Card): { name: string; englishName?: string } {
  return chineseName.trim() === '' ? { name: partyName } : { name: chineseName, englishName: partyName };
}

/** 1 is male; 0 is female in some versions and "unknown" by the standard, so the number decides. */
function sexOf({ gender, certNumber }: Card): string {
  if (gender.trim() !== '0') return gender;
  const number = parseIdentityNumber(certNumber.trim());
  return number.ok && number.value.sex !== undefined ? { male: '1', female: '2' }[number.value.sex] : '0';
}
