import { z } from 'zod';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { checkedAnswer, flag, picture, text } from './answer-fields.ts';
import { cardTextFrom } from './card-text.ts';
import { kindOfNumber } from './card-values.ts';
import { plainWord } from './http-dialect.ts';
import { complaintIn, refusal } from './service-messages.ts';
import { servicePortrait } from './service-portrait.ts';
import type { ServiceReading } from './vendor-service.ts';

/** Commands of the EST web socket service (东信), which its answers repeat in `fun`. */
export const EST_COMMANDS = {
  version: 'EST_GetVersion#',
  // Spelled so by the service; only some models answer it.
  samId: 'EST_ReaderGertSAMID#',
  read: 'EST_Reader_ReadIDCard#',
  stop: 'EST_StopReadIDCard#',
} as const;

export const EST_LABEL = 'EST (东信)';

export const estAnswerSchema = z.object({ fun: z.string().max(100), rCode: flag, errMsg: text });

const cardSchema = z.object({
  name: text,
  sex: text,
  nation: text,
  birth: text,
  address: text,
  certNo: text,
  department: text,
  // Spelled so by the service.
  effectData: text,
  expire: text,
  base64Data: picture,
});

const R_CODE = { ok: 0, stopped: 1, noCard: -2 } as const;

/** The version, which the service puts where errors go. */
export function parseEstVersion(answer: unknown): Result<string | null, Failure> {
  const result = checkedAnswer(estAnswerSchema, answer);
  return result.ok ? ok(plainWord(result.value.errMsg)) : result;
}

/**
 * Null when what is given isn't a plain id. Fails with `reader.service-malformed`, or with `reader.service-refused` for
 * every code but 0.
 */
export function parseEstSamId(answer: unknown): Result<string | null, Failure> {
  const result = checkedAnswer(estAnswerSchema.extend({ SAMID: text }), answer);
  if (!result.ok) return result;
  const { rCode, errMsg, SAMID } = result.value;
  return rCode === R_CODE.ok ? ok(plainWord(SAMID)) : err(refusal(errMsg, rCode));
}

/**
 * `none` also for a read that was stopped. Fails with `reader.service-malformed`, `reader.service-refused`, or
 * `card.unknown-kind` and `card.malformed` for a card that is no good; a portrait that can't be decoded is no failure.
 */
export function parseEstReading(answer: unknown): Result<ServiceReading, Failure> {
  const result = checkedAnswer(estAnswerSchema, answer);
  if (!result.ok) return result;
  const { rCode, errMsg } = result.value;
  if (rCode === R_CODE.noCard || rCode === R_CODE.stopped) return ok({ state: 'none' });
  if (rCode !== R_CODE.ok)
    return complaintIn(errMsg) === 'no-card' ? ok({ state: 'none' }) : err(refusal(errMsg, rCode));
  const given = checkedAnswer(cardSchema, answer);
  if (!given.ok) return given;
  const said = given.value;
  const card = cardTextFrom({
    // The service doesn't name the kind of a card; its number does.
    kind: kindOfNumber(said.certNo.trim().toUpperCase()) ?? null,
    name: said.name,
    sex: said.sex,
    nation: said.nation,
    birthDate: said.birth,
    address: said.address,
    number: said.certNo,
    issuer: said.department,
    validFrom: said.effectData,
    validTo: said.expire,
  });
  if (!card.ok) return card;
  return ok({ state: 'card', text: card.value, portrait: servicePortrait(said.base64Data) });
}
