import { z } from 'zod';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { checkedAnswer, flag, picture, text } from './answer-fields.ts';
import { cardTextFrom } from './card-text.ts';
import { kindOfNumber } from './card-values.ts';
import type { HttpDialect } from './http-dialect.ts';
import { serviceMalformed } from './service-failures.ts';
import { complaintIn, refusal } from './service-messages.ts';
import { servicePortrait } from './service-portrait.ts';
import type { ServiceReading } from './vendor-service.ts';

const resultSchema = z.object({ code: flag, message: text, msg: text, IDCardInfo: z.unknown().optional() });

const cardSchema = z.object({
  name: text,
  sex: text,
  sexCode: text,
  nation: text,
  nationCode: text,
  birthday: text,
  address: text,
  cardID: text,
  issueOrgan: text,
  validStart: text,
  validEnd: text,
  photoBase64: picture,
});

/** Pages that call the service wait 30 s for its answer. */
const ANSWER_TIMEOUT_MS = 32_000;

/** The HTTP service of signature tablets with a reader (东信 EST and others), usually at port 38088. */
export const EST_CARD: HttpDialect = {
  label: 'EST HTTP (东信)',
  // A read takes a second or two; after this long the service was waiting for a card.
  emptyAfterMs: 3_000,
  prepare: null,
  status: null,
  version: null,
  samId: null,
  read: { call: { method: 'POST', path: '/card=idcard', timeoutMs: ANSWER_TIMEOUT_MS }, parse: parseReading },
  olderRead: null,
  close: null,
};

function parseReading(answer: unknown): Result<ServiceReading, Failure> {
  const result = checkedAnswer(resultSchema, answer);
  if (!result.ok) return result;
  const { code, message, msg, IDCardInfo } = result.value;
  if (code !== 0) {
    const words = message === '' ? msg : message;
    const complaint = complaintIn(words);
    return complaint === null || complaint === 'no-card' ? ok({ state: 'none' }) : err(refusal(words, code));
  }
  const given = checkedAnswer(cardSchema, IDCardInfo);
  if (!given.ok) return err(serviceMalformed(`IDCardInfo ${given.error.detail}`));
  const said = given.value;
  const card = cardTextFrom({
    // The service doesn't name the kind of a card; its number does.
    kind: kindOfNumber(said.cardID.trim().toUpperCase()) ?? null,
    name: said.name,
    sex: said.sex === '' ? said.sexCode : said.sex,
    nation: said.nation === '' ? said.nationCode : said.nation,
    birthDate: said.birthday,
    address: said.address,
    number: said.cardID,
    issuer: said.issueOrgan,
    validFrom: said.validStart,
    validTo: said.validEnd,
  });
  if (!card.ok) return card;
  return ok({ state: 'card', text: card.value, portrait: servicePortrait(said.photoBase64) });
}
