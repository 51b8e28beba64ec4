import { z } from 'zod';
import type { ClipTarget } from '../../../../shared/domain/clip.ts';
import type { Capability, CheckRequest, ClipChallenge } from '../../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import { meaningOfWord } from '../codes.ts';
import { contradictsItself, FACEID_SCORE, similarityScores } from './faceid-score.ts';
import { answeredPicture, clipText, identityOf, PICTURE_LIMITS, pictureText } from './materials.ts';
import { hundred, optionalText, parsed, PICTURE_ANSWER_BYTES, type CheckOperation } from './operation.ts';

/** How each kind of challenge is called by the vendor, and the bounds of its clip. */
const LIVENESS = {
  digits: { type: 'LIP', clip: 'tencent-digits' },
  action: { type: 'ACTION', clip: 'tencent-action' },
  silent: { type: 'SILENT', clip: 'tencent-silent' },
} as const satisfies Record<ClipChallenge['kind'], { type: string; clip: ClipTarget }>;
type ChallengeKind = keyof typeof LIVENESS;

/** The vendor gives four digits, and knows two actions: 1, open the mouth; 2, close the eyes. */
const DIGITS = /^\d{4}$/;
const ACTIONS = /^[12](,[12])?$/;

const answerSchema = z.object({
  Result: z.string().min(1),
  Description: optionalText,
  Sim: hundred.nullish(),
  BestFrameBase64: optionalText,
});

/** Clips by kind of challenge: with name and number against the authority's photo, or against a picture. */
export const livenessVideos: readonly CheckOperation[] = (Object.keys(LIVENESS) as ChallengeKind[]).flatMap((kind) => [
  livenessVideo(kind, recognition(kind), recognitionParameters),
  livenessVideo(kind, comparison(kind), comparisonParameters),
]);

type Parameters = Readonly<Record<string, string>>;

function livenessVideo(
  kind: ChallengeKind,
  capability: Capability,
  subject: (request: CheckRequest) => Result<Parameters, Failure>,
): CheckOperation {
  return {
    capability,
    serves: ({ materials }) => materials.clip?.challenge.kind === kind,
    call(request) {
      const { clip } = request.materials;
      const validateData = validationOf(clip?.challenge);
      if (!validateData.ok) return validateData;
      const whom = subject(request);
      if (!whom.ok) return whom;
      const video = clipText(clip, LIVENESS[kind].clip);
      if (!video.ok) return video;
      const asked = { LivenessType: LIVENESS[kind].type, ValidateData: validateData.value };
      const parameters = { ...whom.value, ...asked, VideoBase64: video.value };
      return ok({ service: 'faceid', action: capability.operation, parameters, maxAnswerBytes: PICTURE_ANSWER_BYTES });
    },
    read: (response) => readLiveness(response, capability.basis === 'authority' ? 'authority' : 'reference'),
  };
}

function readLiveness(response: unknown, kind: 'authority' | 'reference') {
  const answer = parsed(answerSchema, response);
  if (!answer) return null;
  const { Result: code, Description: message, Sim } = answer;
  const meaning = meaningOfWord(code);
  if (contradictsItself(meaning, Sim)) return null;
  const pictures = answeredPicture('best-frame', answer.BestFrameBase64);
  return { code, message, meaning, scores: similarityScores(kind, Sim), pictures };
}

function validationOf(challenge: ClipChallenge | undefined): Result<string, Failure> {
  if (!challenge) return err(failure('material.missing', 'clip'));
  if (challenge.kind === 'silent') return ok('');
  const [text, form] = challenge.kind === 'digits' ? [challenge.code, DIGITS] : [challenge.actions, ACTIONS];
  return form.test(text) ? ok(text) : err(failure('verifier.unsupported', `${challenge.kind} of the clip`));
}

function recognitionParameters(request: CheckRequest): Result<Parameters, Failure> {
  const identity = identityOf(request);
  return identity.ok ? ok({ IdCard: identity.value.number, Name: identity.value.name }) : identity;
}

function comparisonParameters(request: CheckRequest): Result<Parameters, Failure> {
  const reference = pictureText(request.materials.reference, 'face-authority', 'reference');
  return reference.ok ? ok({ ImageBase64: reference.value }) : reference;
}

function recognition(kind: ChallengeKind): Capability {
  return {
    check: 'video-authority',
    operation: 'LivenessRecognition',
    materials: ['identity', 'clip'],
    basis: 'authority',
    pictures: null,
    clip: LIVENESS[kind].clip,
    queryable: false,
    billed: true,
    score: FACEID_SCORE,
  };
}

function comparison(kind: ChallengeKind): Capability {
  return {
    ...recognition(kind),
    check: 'video-reference',
    operation: 'LivenessCompare',
    materials: ['clip', 'reference'],
    basis: 'reference',
    pictures: PICTURE_LIMITS['face-authority'],
  };
}
