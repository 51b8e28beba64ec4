import { z } from 'zod';
import { ok } from '../../../../shared/result.ts';
import { BILLED, CONFIRMED, type CodeMeaning } from '../code-meaning.ts';
import { meaningOfWarnings, warningNames } from '../card-warnings.ts';
import { cardFields, monthOf } from './card-fields.ts';
import { PICTURE_LIMITS, pictureText } from './materials.ts';
import { always, optionalText, parsed, TEXT_ANSWER_BYTES, type CheckOperation } from './operation.ts';

const answerSchema = z.object({
  CardNo: optionalText,
  BankInfo: optionalText,
  ValidDate: optionalText,
  CardType: optionalText,
  CardName: optionalText,
  WarningCode: z
    .array(z.int())
    .max(30)
    .nullish()
    .transform((codes) => codes ?? []),
});

const UNREADABLE: CodeMeaning = { reason: 'document.unreadable', retry: 'capture', billed: BILLED };

/** Fields and warnings of a bank card's picture. */
export const bankCardReading: CheckOperation = {
  capability: {
    check: 'bank-card-reading',
    operation: 'BankCardOCR',
    materials: ['bank-card-picture'],
    basis: 'card-photo',
    pictures: PICTURE_LIMITS['card-reading'],
    clip: null,
    queryable: false,
    billed: true,
    score: null,
  },
  serves: always,
  call({ materials }) {
    const picture = pictureText(materials.bankCardPicture, 'card-reading', 'bank-card-picture');
    if (!picture.ok) return picture;
    const asked = { EnableCopyCheck: true, EnableReshootCheck: true, EnableBorderCheck: true };
    const parameters = { ImageBase64: picture.value, ...asked };
    return ok({ service: 'ocr', action: 'BankCardOCR', parameters, maxAnswerBytes: TEXT_ANSWER_BYTES });
  },
  read(response) {
    const answer = parsed(answerSchema, response);
    if (!answer) return null;
    const number = answer.CardNo.replaceAll(' ', '');
    const warnings = warningNames(answer.WarningCode, 'bank-card');
    const legible = /^\d{12,19}$/.test(number);
    const meaning = meaningOfWarnings(warnings, BILLED) ?? (legible ? CONFIRMED : UNREADABLE);
    const { BankInfo: issuer, CardType: cardType, CardName: cardName } = answer;
    const fields = cardFields({ number, expiry: monthOf(answer.ValidDate), issuer, cardType, cardName });
    const code = answer.WarningCode.length === 0 ? 'Success' : answer.WarningCode.join('|').slice(0, 120);
    return { code, message: '', meaning, warnings, ...(legible ? { fields } : {}) };
  },
};
