import { z } from 'zod';
import type { Capability } from '../../../../shared/domain/verification.ts';
import { ok } from '../../../../shared/result.ts';
import { BILLED, CONFIRMED } from '../code-meaning.ts';
import type { TencentSettings } from '../tencent-services.ts';
import { PICTURE_LIMITS, pictureText } from './materials.ts';
import { always, hundred, parsed, TEXT_ANSWER_BYTES, type CheckOperation } from './operation.ts';

const USUAL_THRESHOLD = 40;
/** The older operation's own advice; it also says yes or no itself. */
const OLD_THRESHOLD = 87;

const accurateSchema = z.object({ Score: hundred, FaceModelVersion: z.literal('3.0') });
const oldSchema = z.object({ Score: hundred, IsLiveness: z.boolean() });

/** Score and the vendor's own yes or no, where it gives one. */
function readLive(response: unknown, old: boolean): { readonly score: number; readonly said: boolean } | null {
  if (!old) {
    const answer = parsed(accurateSchema, response);
    return answer && { score: answer.Score, said: true };
  }
  const answer = parsed(oldSchema, response);
  return answer && { score: answer.Score, said: answer.IsLiveness };
}

/** Whether one picture shows a living person. */
export function liveFace(settings: TencentSettings): CheckOperation {
  const operation = settings.liveFaceOperation ?? 'DetectLiveFaceAccurate';
  const old = operation === 'DetectLiveFace';
  const threshold = old ? OLD_THRESHOLD : (settings.liveFaceThreshold ?? USUAL_THRESHOLD);
  const capability: Capability = {
    check: 'face-live',
    operation,
    materials: ['face'],
    basis: 'local',
    pictures: PICTURE_LIMITS['live-face'],
    clip: null,
    queryable: false,
    billed: true,
    score: { scale: 100, threshold },
  };
  return {
    capability,
    serves: always,
    call({ materials }) {
      const face = pictureText(materials.face, 'live-face', 'face');
      if (!face.ok) return face;
      const parameters = { Image: face.value, FaceModelVersion: '3.0' };
      return ok({ service: 'iai', action: operation, parameters, maxAnswerBytes: TEXT_ANSWER_BYTES });
    },
    read(response) {
      const answer = readLive(response, old);
      if (!answer) return null;
      const { score: value } = answer;
      const alive = value >= threshold && answer.said;
      const refused = { reason: 'liveness.spoof-suspected' as const, retry: 'none' as const, billed: BILLED };
      const scores = [{ kind: 'liveness' as const, value, scale: 100, threshold }];
      return {
        code: alive ? 'Score' : 'Score below threshold',
        message: '',
        meaning: alive ? CONFIRMED : refused,
        scores,
      };
    },
  };
}
