import { z } from 'zod';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { checkedAnswer, flag, picture, text } from './answer-fields.ts';
import { cardTextFrom } from './card-text.ts';
import { kindOfNumber } from './card-values.ts';
import { READ_TIMEOUT_MS, type HttpDialect } from './http-dialect.ts';
import { serviceMalformed } from './service-failures.ts';
import { complaintIn, refusal } from './service-messages.ts';
import { servicePortrait } from './service-portrait.ts';
import type { ServiceReading } from './vendor-service.ts';

const resultSchema = z.object({ result: z.object({ resultFlag: flag, errorMsg: text }), info: z.unknown().optional() });

const cardSchema = z.object({
  name: text,
  sex: text,
  nation: text,
  birthday: text,
  address: text,
  idCode: text,
  department: text,
  startDate: text,
  endDate: text,
  Photo: picture,
});

/** A reader service behind `/cgi-bin/readCard`, usually at port 8000. */
export const READ_CARD_CGI: HttpDialect = {
  label: 'readCard CGI',
  emptyAfterMs: null,
  prepare: null,
  status: null,
  version: null,
  samId: null,
  read: { call: { method: 'POST', path: '/cgi-bin/readCard', timeoutMs: READ_TIMEOUT_MS }, parse: parseReading },
  olderRead: null,
  close: null,
};

function parseReading(answer: unknown): Result<ServiceReading, Failure> {
  const outcome = checkedAnswer(resultSchema, answer);
  if (!outcome.ok) return outcome;
  const { result, info } = outcome.value;
  if (result.resultFlag !== 0) {
    const complaint = complaintIn(result.errorMsg);
    if (complaint === null || complaint === 'no-card') return ok({ state: 'none' });
    return err(refusal(result.errorMsg, result.resultFlag));
  }
  const given = checkedAnswer(cardSchema, info);
  if (!given.ok) return err(serviceMalformed(`info ${given.error.detail}`));
  const said = given.value;
  const card = cardTextFrom({
    // `certType` is a number whose meaning isn't known; the card's number tells the kind.
    kind: kindOfNumber(said.idCode.trim().toUpperCase()) ?? null,
    name: said.name,
    sex: said.sex,
    nation: said.nation,
    birthDate: said.birthday,
    address: said.address,
    number: said.idCode,
    issuer: said.department,
    validFrom: said.startDate,
    validTo: said.endDate,
  });
  if (!card.ok) return card;
  return ok({ state: 'card', text: card.value, portrait: servicePortrait(said.Photo) });
}
