import { createHash } from 'node:crypto';
import { type Check, type CheckMaterials, type Picture } from '../../../shared/domain/verification.ts';
import {
  sessionRequestSchema,
  type Artifact,
  type ArtifactName,
  type SealedIdentity,
  type SessionRequest,
  type SubmitRequest,
} from '../../../shared/protocol/kv1-sessions.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { lackingMaterial } from '../check-outcomes.ts';
import type { AskedSession } from './decision-rules.ts';
import { identityFor } from './identity-sealing.ts';

/** One question as it is carried to the verifier. */
export interface SessionQuestion {
  readonly request: SessionRequest;
  readonly contents: Readonly<Partial<Record<ArtifactName, Uint8Array>>>;
  readonly identity: SealedIdentity | null;
  readonly local: SubmitRequest['local'];
}

export interface QuestionTerms extends Omit<SessionRequest, 'artifacts' | 'consent' | 'check'> {
  readonly check: Check;
  readonly materials: CheckMaterials;
  readonly consent: { readonly transmit: boolean; readonly version: string; readonly givenAtMs: number } | null;
  readonly local: SubmitRequest['local'];
}

const PICTURES = {
  'face.jpg': 'face',
  'reference.jpg': 'reference',
  'card-front.jpg': 'cardFront',
  'card-back.jpg': 'cardBack',
  'bank-card.jpg': 'bankCardPicture',
} as const satisfies Partial<Record<ArtifactName, keyof CheckMaterials>>;

/**
 * What a session has to announce for a question.
 *
 * @returns `user.refused-consent` without consent to sending, `material.missing`, `material.picture-unfit` for a
 *   picture that isn't JPEG, or `request.invalid` naming the field
 */
export function sessionQuestion(terms: QuestionTerms): Result<SessionQuestion, Failure> {
  const { materials, consent, local, ...names } = terms;
  if (consent?.transmit !== true) return err(failure('user.refused-consent', 'sending'));
  const missing = lackingMaterial(terms.check, materials);
  if (missing !== null) return err(failure('material.missing', missing));
  const contents: Partial<Record<ArtifactName, Uint8Array>> = {};
  const artifacts: Artifact[] = [];
  for (const [name, field] of Object.entries(PICTURES) as [
    keyof typeof PICTURES,
    (typeof PICTURES)[keyof typeof PICTURES],
  ][]) {
    const picture = materials[field];
    if (picture === undefined) continue;
    if (picture.format !== 'jpeg') return err(failure('material.picture-unfit', `${name} is not JPEG`));
    contents[name] = picture.bytes;
    artifacts.push(pictureArtifact(name, picture));
  }
  if (materials.clip !== undefined) {
    const { bytes, width, height, durationMs, challenge, audioCodec } = materials.clip;
    contents['clip.mp4'] = bytes;
    const clip = { durationMs, sound: audioCodec !== null, challenge };
    artifacts.push({ name: 'clip.mp4', bytes: bytes.length, sha256: sha256(bytes), width, height, clip });
  }
  const { version, givenAtMs } = consent;
  const request = sessionRequestSchema.safeParse({
    ...names,
    artifacts,
    consent: { transmit: true, version, givenAtMs },
  });
  if (!request.success) return err(failure('request.invalid', request.error.issues[0]?.path.join('.') ?? ''));
  return ok({ request: request.data, contents, identity: identityFor(terms.check, terms.sessionId, materials), local });
}

/** What a decision about this question has to speak of. */
export function askedBy({ sessionId, certifyId, check, artifacts }: SessionRequest): AskedSession {
  const hashes: Partial<Record<ArtifactName, string>> = {};
  for (const { name, sha256: hash } of artifacts) hashes[name] = hash;
  return { sessionId, certifyId, check, artifacts: hashes };
}

function pictureArtifact(name: ArtifactName, { bytes, width, height }: Picture): Artifact {
  return { name, bytes: bytes.length, sha256: sha256(bytes), width, height };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
