import { z } from 'zod';
import type { Capability } from '../../../../shared/domain/verification.ts';
import { meaningOfWord } from '../codes.ts';
import { ok } from '../../../../shared/result.ts';
import { identityOf, PICTURE_LIMITS, pictureText } from './materials.ts';
import { always, hundred, optionalText, parsed, TEXT_ANSWER_BYTES, type CheckOperation } from './operation.ts';
import { contradictsItself, FACEID_SCORE, similarityScores } from './faceid-score.ts';

/** Longest `Extra` that the operation takes; the last characters of an order id differ the most. */
const EXTRA_LENGTH = 10;

const answerSchema = z.object({
  Result: z.string().min(1),
  Description: optionalText,
  Sim: hundred.nullish(),
  Extra: optionalText,
});

const capability: Capability = {
  check: 'face-authority',
  operation: 'ImageRecognitionV2',
  materials: ['identity', 'face'],
  basis: 'authority',
  pictures: PICTURE_LIMITS['face-authority'],
  clip: null,
  queryable: false,
  billed: true,
  score: FACEID_SCORE,
};

/** Name, number and a face picture against the authority's photo. */
export const imageRecognition: CheckOperation = {
  capability,
  serves: always,
  call(request) {
    const identity = identityOf(request);
    if (!identity.ok) return identity;
    const face = pictureText(request.materials.face, 'face-authority', 'face');
    if (!face.ok) return face;
    const { name: Name, number: IdCard } = identity.value;
    const parameters = { IdCard, Name, ImageBase64: face.value, Extra: request.orderId.slice(-EXTRA_LENGTH) };
    return ok({ service: 'faceid', action: capability.operation, parameters, maxAnswerBytes: TEXT_ANSWER_BYTES });
  },
  read(response, request) {
    const answer = parsed(answerSchema, response);
    if (!answer) return null;
    const { Result: code, Description: message, Sim, Extra } = answer;
    const meaning = meaningOfWord(code);
    // An answer to somebody else's question.
    if (Extra !== '' && Extra !== request.orderId.slice(-EXTRA_LENGTH)) return null;
    if (contradictsItself(meaning, Sim)) return null;
    return { code, message, meaning, scores: similarityScores('authority', Sim) };
  },
};
