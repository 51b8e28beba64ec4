import { z } from 'zod';
import type { Capability, Material } from '../../../../shared/domain/verification.ts';
import { ok } from '../../../../shared/result.ts';
import { BILLED, CONFIRMED, type CodeMeaning } from '../code-meaning.ts';
import { meaningOfWarnings, warningNames } from '../card-warnings.ts';
import { cardFields, dayOf, isNumberOf, periodOf, sexOf } from './card-fields.ts';
import { PICTURE_LIMITS, pictureText } from './materials.ts';
import { always, optionalText, parsed, TEXT_ANSWER_BYTES, type CheckOperation, type Reading } from './operation.ts';

/** Every warning that the vendor can raise; none is on by itself. Pictures that were cut out aren't asked for. */
const WARNINGS_ASKED = JSON.stringify({
  CopyWarn: true,
  BorderCheckWarn: true,
  ReshootWarn: true,
  DetectPsWarn: true,
  TempIdWarn: true,
  InvalidDateWarn: true,
  Quality: true,
  ReflectWarn: true,
});

/** JSON in a text. */
const advancedSchema = z.string().transform((text, context) => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    context.addIssue('no JSON');
    return z.NEVER;
  }
});

const answerSchema = z.object({
  Name: optionalText,
  Sex: optionalText,
  Nation: optionalText,
  Birth: optionalText,
  Address: optionalText,
  IdNum: optionalText,
  Authority: optionalText,
  ValidDate: optionalText,
  AdvancedInfo: advancedSchema.pipe(z.object({ WarnInfos: z.array(z.int()).max(30).default([]) })),
});
type CardAnswer = z.infer<typeof answerSchema>;

const UNREADABLE: CodeMeaning = { reason: 'document.unreadable', retry: 'capture', billed: BILLED };

const front = cardReading('FRONT', ['card-front'], readFront);
const back = cardReading('BACK', ['card-back'], readBack);

/** Fields and warnings of an identity card: the front alone, or the front and then the back (two calls). */
export const cardReadings: readonly CheckOperation[] = [
  { ...front, serves: ({ materials }) => materials.cardBack === undefined },
  {
    ...front,
    capability: { ...front.capability, materials: ['card-front', 'card-back'] },
    serves: ({ materials }) => materials.cardBack !== undefined,
    followedBy: back,
  },
];

function cardReading(
  side: 'FRONT' | 'BACK',
  materials: readonly Material[],
  fieldsOf: (answer: CardAnswer) => Readonly<Record<string, string>> | null,
): CheckOperation {
  const capability: Capability = {
    check: 'id-card-reading',
    operation: 'IDCardOCR',
    materials,
    basis: 'card-photo',
    pictures: PICTURE_LIMITS['card-reading'],
    clip: null,
    queryable: false,
    billed: true,
    score: null,
  };
  return {
    capability,
    serves: always,
    call(request) {
      const picture = side === 'FRONT' ? request.materials.cardFront : request.materials.cardBack;
      const text = pictureText(picture, 'card-reading', side === 'FRONT' ? 'card-front' : 'card-back');
      if (!text.ok) return text;
      const parameters = { ImageBase64: text.value, CardSide: side, Config: WARNINGS_ASKED };
      return ok({ service: 'ocr', action: capability.operation, parameters, maxAnswerBytes: TEXT_ANSWER_BYTES });
    },
    read(response) {
      const answer = parsed(answerSchema, response);
      return answer ? readingOf(answer, fieldsOf(answer)) : null;
    },
  };
}

function readingOf(answer: CardAnswer, fields: Readonly<Record<string, string>> | null): Reading {
  const codes = answer.AdvancedInfo.WarnInfos;
  const warnings = warningNames(codes, 'id-card');
  const meaning = meaningOfWarnings(warnings, BILLED) ?? (fields ? CONFIRMED : UNREADABLE);
  const code = codes.length === 0 ? 'Success' : codes.join('|').slice(0, 120);
  return { code, message: '', meaning, warnings, ...(fields ? { fields } : {}) };
}

/** Null without a name and a number, or with a birth date that can't be one. */
function readFront(answer: CardAnswer): Readonly<Record<string, string>> | null {
  const number = answer.IdNum.toUpperCase();
  const birthDate = dayOf(answer.Birth);
  if (answer.Name === '' || !isNumberOf(number) || birthDate === null) return null;
  const { Name: name, Nation: nation, Address: address } = answer;
  return cardFields({ name, sex: sexOf(answer.Sex), nation, birthDate, address, number });
}

/** Null without dates. */
function readBack(answer: CardAnswer): Readonly<Record<string, string>> | null {
  const period = periodOf(answer.ValidDate);
  return period ? cardFields({ issuer: answer.Authority, ...period }) : null;
}
