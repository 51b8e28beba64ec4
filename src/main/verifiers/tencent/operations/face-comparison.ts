import { z } from 'zod';
import type { Capability } from '../../../../shared/domain/verification.ts';
import { ok } from '../../../../shared/result.ts';
import { BILLED, MATCHED } from '../code-meaning.ts';
import { COMPARISON_THRESHOLDS, type TencentSettings } from '../tencent-services.ts';
import { PICTURE_LIMITS, pictureText } from './materials.ts';
import { always, hundred, parsed, TEXT_ANSWER_BYTES, type CheckOperation } from './operation.ts';

/** The thresholds are those of this version; another one scores differently. */
const FACE_MODEL = '3.0';

const answerSchema = z.object({ Score: hundred, FaceModelVersion: z.literal(FACE_MODEL) });

/** The score from which two pictures show one person, for the rate of wrong accepts that is set. */
function comparisonThreshold({ falseAcceptRate }: Pick<TencentSettings, 'falseAcceptRate'>): number {
  return COMPARISON_THRESHOLDS[falseAcceptRate ?? '1e-4'];
}

/** Two face pictures. Nobody looks whether either shows a living person. */
export function faceComparison(settings: TencentSettings): CheckOperation {
  const threshold = comparisonThreshold(settings);
  const capability: Capability = {
    check: 'face-reference',
    operation: 'CompareFace',
    materials: ['face', 'reference'],
    basis: 'reference',
    pictures: PICTURE_LIMITS['face-comparison'],
    clip: null,
    queryable: false,
    billed: true,
    score: { scale: 100, threshold },
  };
  return {
    capability,
    serves: always,
    call({ materials }) {
      const face = pictureText(materials.face, 'face-comparison', 'face');
      if (!face.ok) return face;
      const reference = pictureText(materials.reference, 'face-comparison', 'reference');
      if (!reference.ok) return reference;
      const parameters = { ImageA: reference.value, ImageB: face.value, FaceModelVersion: FACE_MODEL };
      return ok({ service: 'iai', action: capability.operation, parameters, maxAnswerBytes: TEXT_ANSWER_BYTES });
    },
    read(response) {
      const answer = parsed(answerSchema, response);
      if (!answer) return null;
      const same = answer.Score >= threshold;
      const meaning = same
        ? MATCHED
        : { reason: 'face.low-similarity' as const, retry: 'none' as const, billed: BILLED };
      const scores = [{ kind: 'reference' as const, value: answer.Score, scale: 100, threshold }];
      return { code: same ? 'Score' : 'Score below threshold', message: '', meaning, scores };
    },
  };
}
