import { z } from 'zod';
import type { CardKind } from '../../../shared/domain/document.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { STATUS, meaningOf, statusFailure } from '../status-codes.ts';
import { checkedAnswer, flag, picture, text, textOrNumber } from './answer-fields.ts';
import { cardTextFrom } from './card-text.ts';
import { kindOfNumber } from './card-values.ts';
import { READ_TIMEOUT_MS, STATUS_TIMEOUT_MS, plainWord, type HttpDialect } from './http-dialect.ts';
import { serviceMalformed } from './service-failures.ts';
import { complaintIn, deviceNotReady, refusal } from './service-messages.ts';
import { servicePortrait } from './service-portrait.ts';
import type { ServiceReading } from './vendor-service.ts';

/** `code` is missing in versions before 3.2.1; `retcode` is hexadecimal, and after a read holds a second one. */
const resultSchema = z.object({
  code: flag.nullish(),
  retcode: z.string().regex(/^(0x)?[0-9a-f]{1,4}( 0x[0-9a-f]{1,4})?\s*$/i, 'one or two codes'),
  retmsg: text,
  errmsg: text,
});
type Outcome = z.output<typeof resultSchema>;

const cardSchema = z.object({
  CardType: textOrNumber,
  name: text,
  EngName: text,
  sex: text,
  nation: text,
  born: text,
  address: text,
  cardno: text,
  police: text,
  userlifeb: text,
  userlifee: text,
  PassID: text,
  IssuesTimes: text,
  Reserved: text,
  photobase64: picture,
});

const KINDS: Readonly<Record<string, CardKind>> = {
  '0': 'resident',
  '1': 'foreigner-2017',
  '2': 'hmt',
  '3': 'foreigner-2023',
};

/** The web API of Synjones readers (新中新; 中控 ships it too), usually at port 8989. It answers in JSON or JSONP. */
export const READ_MSG: HttpDialect = {
  label: 'ReadMsg (新中新)',
  emptyAfterMs: null,
  prepare: null,
  status: { call: { method: 'GET', path: '/api/Version', timeoutMs: STATUS_TIMEOUT_MS }, parse: parseStatus },
  version: { call: { method: 'GET', path: '/api/Version', timeoutMs: STATUS_TIMEOUT_MS }, parse: parseWord },
  samId: { call: { method: 'GET', path: '/api/GetSAMID', timeoutMs: STATUS_TIMEOUT_MS }, parse: parseWord },
  read: { call: { method: 'GET', path: '/api/ReadMsg', timeoutMs: READ_TIMEOUT_MS }, parse: parseReading },
  olderRead: null,
  close: null,
};

function parseStatus(answer: unknown): Result<void, Failure> {
  const word = parseWord(answer);
  return word.ok ? ok(undefined) : word;
}

/** Answers that carry their one word in the text for people. */
function parseWord(answer: unknown): Result<string | null, Failure> {
  const result = checkedAnswer(resultSchema, answer);
  if (!result.ok) return result;
  const status = statusOf(result.value);
  return status === 0 || status === STATUS.ok ? ok(plainWord(result.value.retmsg)) : err(failureOf(result.value));
}

function parseReading(answer: unknown): Result<ServiceReading, Failure> {
  const result = checkedAnswer(resultSchema, answer);
  if (!result.ok) return result;
  const status = statusOf(result.value);
  if (status !== STATUS.ok) {
    const noCard = meaningOf(status).cardGone || complaintIn(result.value.retmsg) === 'no-card';
    return noCard ? ok({ state: 'none' }) : err(failureOf(result.value));
  }
  const { code } = result.value;
  if (code !== null && code !== undefined && code !== 0) return err(serviceMalformed('fields: code, retcode'));
  const given = checkedAnswer(cardSchema, answer);
  if (!given.ok) return given;
  const said = given.value;
  const card = cardTextFrom({
    kind: kindOf(said) ?? null,
    name: said.name,
    englishName: said.EngName,
    sex: said.sex,
    nation: said.nation,
    birthDate: said.born,
    address: said.address,
    number: said.cardno,
    issuer: said.police,
    validFrom: said.userlifeb,
    validTo: said.userlifee,
    passNumber: said.PassID,
    issueCount: said.IssuesTimes,
    formerNumberLink: said.Reserved,
  });
  if (!card.ok) return card;
  return ok({ state: 'card', text: card.value, portrait: servicePortrait(said.photobase64) });
}

/** Versions before 2.5 read residents' cards only and don't name the kind. */
function kindOf({ CardType, cardno }: z.output<typeof cardSchema>): CardKind | undefined {
  return CardType.trim() === '' ? kindOfNumber(cardno.trim().toUpperCase()) : KINDS[CardType.trim()];
}

/** The security module's status; after a read, the code that follows it tells how decoding the photo went. */
function statusOf({ retcode }: Outcome): number {
  return parseInt(retcode, 16);
}

/** Below 0x10 the codes are the service's own: no port, no device, too late. */
function failureOf(outcome: Outcome): Failure {
  const status = statusOf(outcome);
  if (complaintIn(outcome.retmsg) !== null) return refusal(outcome.retmsg, status);
  return status < 0x10 ? deviceNotReady(status) : statusFailure(status);
}
