import { z } from 'zod';
import type { Capability } from '../../../../shared/domain/verification.ts';
import { ok } from '../../../../shared/result.ts';
import { BILLED, CONFIRMED, UNKNOWN_CODE, type CodeMeaning } from '../code-meaning.ts';
import { clipText, PICTURE_LIMITS, pictureText } from './materials.ts';
import { parsed, TEXT_ANSWER_BYTES, type CheckOperation, type Reading } from './operation.ts';

const PICTURE = 1;
const VIDEO = 2;

/** The vendor's advice: stop at the highest level, let the middle one through. */
const LEVELS: ReadonlyMap<string, CodeMeaning> = new Map<string, CodeMeaning>([
  ['Low', CONFIRMED],
  ['Mid', CONFIRMED],
  ['High', { reason: 'liveness.spoof-suspected', retry: 'none', billed: BILLED }],
]);

const answerSchema = z.object({
  AttackRiskLevel: z.string().min(1).max(40),
  AttackRiskDetailList: z
    .array(z.object({ Type: z.string().max(80).nullish() }))
    .max(30)
    .nullish(),
});

const capability: Capability = {
  check: 'fake-face',
  operation: 'DetectAIFakeFaces',
  materials: ['face'],
  basis: 'local',
  pictures: PICTURE_LIMITS['fake-face'],
  clip: null,
  queryable: false,
  billed: true,
  score: null,
};

/** Whether a face was made by a machine: a clip where there is one, which the vendor prefers, or else a picture. */
export const fakeFaces: readonly CheckOperation[] = [
  {
    capability,
    serves: ({ materials }) => materials.clip === undefined,
    call({ materials }) {
      const face = pictureText(materials.face, 'fake-face', 'face');
      return face.ok ? ok(fakeFaceCall(face.value, PICTURE)) : face;
    },
    read: readLevel,
  },
  {
    capability: { ...capability, materials: ['clip'], pictures: null, clip: 'tencent-fake-faces' },
    serves: ({ materials }) => materials.clip !== undefined,
    call({ materials }) {
      const clip = clipText(materials.clip, 'tencent-fake-faces');
      return clip.ok ? ok(fakeFaceCall(clip.value, VIDEO)) : clip;
    },
    read: readLevel,
  },
];

function fakeFaceCall(input: string, type: number) {
  return {
    service: 'faceid' as const,
    action: 'DetectAIFakeFaces',
    parameters: { FaceInput: input, FaceInputType: type },
    maxAnswerBytes: TEXT_ANSWER_BYTES,
  };
}

/** The vendor's names of traces (`SuspectedWatermark`), in our form. */
function traceName(type: string): string {
  return (
    type
      .replace(/^Suspected/, '')
      .replace(/[^A-Za-z]/g, '')
      .slice(0, 40) || 'unnamed'
  );
}

function readLevel(response: unknown): Reading | null {
  const answer = parsed(answerSchema, response);
  if (!answer) return null;
  const code = answer.AttackRiskLevel;
  const warnings = (answer.AttackRiskDetailList ?? []).flatMap(({ Type }) =>
    typeof Type === 'string' ? [traceName(Type)] : [],
  );
  return { code, message: '', meaning: LEVELS.get(code) ?? UNKNOWN_CODE, warnings };
}
