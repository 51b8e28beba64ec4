import { z } from 'zod';
import type { CardKind } from '../../../shared/domain/document.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { checkedAnswer, flag, picture, text } from './answer-fields.ts';
import { cardTextFrom } from './card-text.ts';
import {
  CLOSE_TIMEOUT_MS,
  OPEN_TIMEOUT_MS,
  READ_TIMEOUT_MS,
  STATUS_TIMEOUT_MS,
  plainWord,
  type HttpDialect,
} from './http-dialect.ts';
import { complaintIn, refusal } from './service-messages.ts';
import { servicePortrait } from './service-portrait.ts';
import type { ServiceReading } from './vendor-service.ts';

const resultSchema = z.object({ resultFlag: flag, errorMsg: text });

const samIdSchema = resultSchema.extend({ samid: text, SAMID: text });

const cardSchema = z.object({
  certType: z.string().max(2).nullish(),
  partyName: text,
  gender: text,
  nation: text,
  bornDay: text,
  certAddress: text,
  certNumber: text,
  certOrg: text,
  effDate: text,
  expDate: text,
  identityPic: picture,
});

/** The type flag of the chip, as it is; the services trim it at will. */
const KINDS: Readonly<Record<string, CardKind>> = {
  '': 'resident',
  J: 'hmt',
  I: 'foreigner-2017',
  Y: 'foreigner-2023',
};

/** What the service answers when no card lies on the reader. */
const NO_CARD = -11;

/** The web service of CVR readers (华视), usually at port 19196. */
export const CVR: HttpDialect = {
  label: 'CVR (华视)',
  emptyAfterMs: null,
  prepare: { call: { method: 'GET', path: '/OpenDevice', timeoutMs: OPEN_TIMEOUT_MS }, parse: parseResult },
  status: null,
  version: null,
  samId: { call: { method: 'GET', path: '/getsamid', timeoutMs: STATUS_TIMEOUT_MS }, parse: parseSamId },
  read: { call: { method: 'GET', path: '/readcard', timeoutMs: READ_TIMEOUT_MS }, parse: parseReading },
  olderRead: null,
  close: { method: 'GET', path: '/CloseDevice', timeoutMs: CLOSE_TIMEOUT_MS },
};

function parseResult(answer: unknown): Result<void, Failure> {
  const result = checkedAnswer(resultSchema, answer);
  if (!result.ok) return result;
  const { resultFlag, errorMsg } = result.value;
  return resultFlag === 0 ? ok(undefined) : err(refusal(errorMsg, resultFlag));
}

/** Where the id is in the answer isn't known; what has a result flag is this service all the same. */
function parseSamId(answer: unknown): Result<string | null, Failure> {
  const result = checkedAnswer(samIdSchema, answer);
  if (!result.ok) return result;
  const { resultFlag, errorMsg, samid, SAMID } = result.value;
  return resultFlag === 0 ? ok(plainWord(samid === '' ? SAMID : samid)) : err(refusal(errorMsg, resultFlag));
}

function parseReading(answer: unknown): Result<ServiceReading, Failure> {
  const result = checkedAnswer(resultSchema, answer);
  if (!result.ok) return result;
  const { resultFlag, errorMsg } = result.value;
  if (resultFlag === NO_CARD || (resultFlag !== 0 && complaintIn(errorMsg) === 'no-card')) return ok({ state: 'none' });
  if (resultFlag !== 0) return err(refusal(errorMsg, resultFlag));
  const given = checkedAnswer(cardSchema, answer);
  if (!given.ok) return given;
  const said = given.value;
  const card = cardTextFrom({
    kind: KINDS[(said.certType ?? '?').trim()] ?? null,
    name: said.partyName,
    sex: said.gender,
    nation: said.nation,
    birthDate: said.bornDay,
    address: said.certAddress,
    number: said.certNumber,
    issuer: said.certOrg,
    validFrom: said.effDate,
    validTo: said.expDate,
  });
  if (!card.ok) return card;
  return ok({ state: 'card', text: card.value, portrait: servicePortrait(said.identityPic) });
}
