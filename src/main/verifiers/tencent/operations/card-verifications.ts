import { z } from 'zod';
import type { CheckRequest } from '../../../../shared/domain/verification.ts';
import { ok } from '../../../../shared/result.ts';
import { passes, type CodeMeaning } from '../code-meaning.ts';
import { meaningOfDigit, meaningOfWord } from '../codes.ts';
import { meaningOfWarnings, warningNames, warningNumbers } from '../card-warnings.ts';
import { cardFields, dayOf, sexOf } from './card-fields.ts';
import { contradictsItself, FACEID_SCORE, similarityScores } from './faceid-score.ts';
import { answeredPicture, identityOf, PICTURE_LIMITS, pictureText } from './materials.ts';
import { always, hundred, optionalText, parsed, PICTURE_ANSWER_BYTES, type CheckOperation } from './operation.ts';

/** Every warning that both operations know. */
const WARNINGS_ASKED = JSON.stringify({
  CopyWarn: true,
  BorderCheckWarn: true,
  ReshootWarn: true,
  DetectPsWarn: true,
  TempIdWarn: true,
  Quality: true,
});

const readCardSchema = z.object({
  Description: optionalText,
  Name: optionalText,
  Sex: optionalText,
  Nation: optionalText,
  Birth: optionalText,
  Address: optionalText,
  Portrait: optionalText,
  Warnings: optionalText,
});
const ocrVerificationSchema = readCardSchema.extend({ Result: z.string().regex(/^-?\d{1,3}$/), IdCard: optionalText });
const informationSchema = readCardSchema.extend({
  Result: z.string().min(1),
  IdNum: optionalText,
  Sim: hundred.nullish(),
});
type ReadCard = z.infer<typeof readCardSchema>;

/** A picture of the card's front: its name and number are read by the vendor and belong together. */
export const cardOcrVerification: CheckOperation = {
  capability: {
    check: 'identity',
    operation: 'IdCardOCRVerification',
    materials: ['identity', 'card-front'],
    basis: 'authority',
    pictures: PICTURE_LIMITS['card-verification'],
    clip: null,
    queryable: false,
    billed: true,
    score: null,
  },
  serves: ({ materials }) => materials.cardFront !== undefined,
  call: (request) => cardCall(request, 'IdCardOCRVerification', 'card-verification'),
  read(response, request) {
    const answer = parsed(ocrVerificationSchema, response);
    if (!answer) return null;
    const meaning = meaningOfDigit('IdCardOCRVerification', answer.Result);
    return readCard(answer, answer.Result, meaning, answer.IdCard, request);
  },
};

/** A picture of the card's front: name and number are read by the vendor, its portrait compared with the authority's. */
export const cardInformation: CheckOperation = {
  capability: {
    check: 'card-picture-authority',
    operation: 'CheckIdCardInformation',
    materials: ['identity', 'card-front'],
    basis: 'authority',
    pictures: PICTURE_LIMITS['card-information'],
    clip: null,
    queryable: false,
    billed: true,
    score: FACEID_SCORE,
  },
  serves: always,
  call: (request) => cardCall(request, 'CheckIdCardInformation', 'card-information'),
  read(response, request) {
    const answer = parsed(informationSchema, response);
    if (!answer) return null;
    const { Result: code, Sim } = answer;
    const meaning = meaningOfWord(code);
    if (contradictsItself(meaning, Sim)) return null;
    const reading = readCard(answer, code, meaning, answer.IdNum, request);
    return reading && { ...reading, scores: similarityScores('card', Sim) };
  },
};

function cardCall(request: CheckRequest, action: string, purpose: 'card-verification' | 'card-information') {
  const identity = identityOf(request);
  if (!identity.ok) return identity;
  const picture = pictureText(request.materials.cardFront, purpose, 'card-front');
  if (!picture.ok) return picture;
  // Name and number stay here: the vendor would take them instead of reading the card.
  const parameters = { ImageBase64: picture.value, Config: WARNINGS_ASKED };
  return ok({ service: 'faceid' as const, action, parameters, maxAnswerBytes: PICTURE_ANSWER_BYTES });
}

/** The word that stands for warnings without naming them. */
const WARNED = new Set(['OcrWarningOccurred', 'FailedOperation.OcrWarningOccurred']);

function readCard(answer: ReadCard, code: string, said: CodeMeaning, read: string, request: CheckRequest) {
  const numbers = warningNumbers(answer.Warnings);
  if (numbers === null) return null;
  const warnings = warningNames(numbers, 'id-card');
  const number = read.toUpperCase();
  const { Name: name, Nation: nation, Address: address } = answer;
  const fields = cardFields({ name, sex: sexOf(answer.Sex), nation, birthDate: dayOf(answer.Birth), address, number });
  const warned = passes(said) || WARNED.has(code) ? meaningOfWarnings(warnings, said.billed) : null;
  const meaning = warned ?? (passes(said) && !isSubject(name, number, request) ? otherCard(said) : said);
  const pictures = answeredPicture('portrait', answer.Portrait);
  return { code, message: answer.Description, meaning, fields, warnings, pictures };
}

/** Whether it is the card of the person in question; dots and spaces in names are written in several ways. */
function isSubject(name: string, number: string, { materials: { identity } }: CheckRequest): boolean {
  return identity !== undefined && plain(identity.name) === plain(name) && identity.number === number;
}

function plain(name: string): string {
  return name.normalize('NFKC').replace(/[\s·・•‧.]/gu, '');
}

/** The card is in order, but it is somebody else's. */
function otherCard({ billed }: CodeMeaning): CodeMeaning {
  return { reason: 'identity.mismatch', retry: 'none', billed };
}
