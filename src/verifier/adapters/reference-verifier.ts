import { settled, unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { Verifier } from '../../main/verifiers/contract.ts';
import type { FaceInspection } from '../../main/inference/face-inspection.ts';
import type { ComparisonOutcome } from '../../shared/domain/comparison.ts';
import type { QualityReason } from '../../shared/domain/face-quality.ts';
import type {
  Capability,
  Check,
  CheckMaterials,
  CheckOutcome,
  IdentityMaterial,
  RetryClass,
  Score,
} from '../../shared/domain/verification.ts';
import { stateOf, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FaceProcess } from './face-process.ts';
import type { ReferencePhotos } from './reference-photos.ts';

export interface ReferenceVerifierParts {
  readonly faces: Pick<FaceProcess, 'inspect' | 'compare'>;
  readonly photos: Pick<ReferencePhotos, 'find'>;
  /** Rate of wrong accepts that a match is decided at. */
  readonly far?: number;
}

export const REFERENCE_FAR = 1e-4;
/** Below this a picture is taken for a print or a screen: the limit of the kiosk's median over many frames. */
const LEAST_LIVE_SCORE = 0.1;
const LARGEST_SCORE = 100;
const OPERATION = 'compare';
const BASIS = 'reference';

/** What makes one picture unfit to compare; where the face stands in it doesn't matter any more. */
const UNFIT: ReadonlySet<QualityReason> = new Set<QualityReason>([
  'yaw',
  'pitch',
  'occluded',
  'dark',
  'bright',
  'blurred',
  'low-resolution',
]);

const SERVED: readonly Check[] = ['face-authority', 'face-retained', 'face-reference'];

/**
 * The bank as its own authority: a live picture against the photo that was enrolled for the number, or against one that
 * comes along, by our models. It is never billed, and a comparison that didn't end is simply done again.
 */
export function createReferenceVerifier(parts: ReferenceVerifierParts): Verifier {
  return {
    capabilities: {
      verifier: 'reference',
      checks: SERVED.map((check) => capabilityOf(check)),
      refusals: {
        'face-live': { code: 'picture-shows-no-life' },
        'video-live': { code: 'clips-not-looked-at' },
        'video-authority': { code: 'clips-not-looked-at' },
        'video-reference': { code: 'clips-not-looked-at' },
      },
    },
    check: async ({ check, materials }) => settled(await decide(parts, check, materials)),
    query: () => Promise.resolve(settled(unconfirmed('verification.abandoned', { retry: 'service', basis: BASIS }))),
    erase: () => Promise.resolve(ok('unsupported')),
  };
}

function capabilityOf(check: Check): Capability {
  return {
    check,
    operation: OPERATION,
    materials: check === 'face-reference' ? ['face', 'reference'] : ['identity', 'face'],
    basis: BASIS,
    pictures: null,
    clip: null,
    queryable: true,
    billed: false,
    score: { scale: LARGEST_SCORE, threshold: null },
  };
}

async function decide(parts: ReferenceVerifierParts, check: Check, materials: CheckMaterials): Promise<CheckOutcome> {
  if (!SERVED.includes(check)) return refusal('verifier.unsupported', 'configuration');
  const { face } = materials;
  if (face === undefined) return refusal('material.missing', 'configuration', 'face');
  const reference = await referenceOf(parts, materials);
  if (!reference.ok) return reference.error;
  const fault = liveFault(await parts.faces.inspect(face.bytes));
  if (fault !== null) return fault;
  const enrolled = await parts.faces.inspect(reference.value);
  if (!enrolled.ok && enrolled.error.code !== 'inference.image-invalid') return unable(enrolled.error);
  if (!enrolled.ok || enrolled.value.faces.length !== 1) return refusal('source.photo-unusable', 'none');
  const far = parts.far ?? REFERENCE_FAR;
  const compared = await parts.faces.compare(face.bytes, reference.value, far);
  if (!compared.ok) return unable(compared.error);
  return comparisonOutcome(compared.value.outcome, compared.value.score, check, far);
}

/** The picture to compare with: the one that came along, or the one that was enrolled. */
async function referenceOf(
  { photos }: ReferenceVerifierParts,
  { identity, reference }: CheckMaterials,
): Promise<Result<Uint8Array, CheckOutcome>> {
  if (reference !== undefined) return ok(reference.bytes);
  if (identity === undefined) return err(refusal('material.missing', 'configuration', 'identity'));
  return enrolledPhoto(photos, identity);
}

async function enrolledPhoto(
  photos: ReferenceVerifierParts['photos'],
  identity: IdentityMaterial,
): Promise<Result<Uint8Array, CheckOutcome>> {
  const found = await photos.find(identity);
  switch (found.kind) {
    case 'photo':
      return ok(found.photo);
    case 'other-name':
      return err(refusal('identity.mismatch', 'none'));
    case 'unreadable':
      return err(refusal('source.photo-unusable', 'none'));
    case 'none':
      return err(refusal('source.no-photo', 'none'));
  }
}

/** Why a live picture isn't compared: no single face in it, unfit to judge, or not of somebody who is there. */
function liveFault(inspected: Result<FaceInspection, Failure>): CheckOutcome | null {
  if (!inspected.ok) return unable(inspected.error);
  const [main, ...others] = inspected.value.faces;
  if (main === undefined) return refusal('capture.no-face', 'capture');
  if (others.length > 0) return refusal('capture.several-faces', 'capture');
  const unfit = main.quality.reasons.find(({ reason }) => UNFIT.has(reason));
  if (unfit !== undefined) return refusal('material.picture-unfit', 'capture', unfit.reason);
  return main.spoof.liveScore < LEAST_LIVE_SCORE ? refusal('liveness.spoof-suspected', 'capture') : null;
}

const OUTCOMES = { match: 'ok.confirmed', grey: 'face.grey-band', 'no-match': 'face.low-similarity' } as const;

function comparisonOutcome(outcome: ComparisonOutcome, score: number, check: Check, far: number): CheckOutcome {
  const reason = OUTCOMES[outcome];
  const kind: Score['kind'] = check === 'face-retained' ? 'retained' : 'reference';
  return {
    state: stateOf(reason),
    reason,
    retry: 'none',
    retryAfterMs: null,
    basis: BASIS,
    scores: [{ kind, value: score, scale: LARGEST_SCORE, threshold: thresholdOf(far) }],
    vendor: { name: 'reference', operation: OPERATION, code: outcome, message: '', requestId: null, billed: false },
  };
}

/** The score that stands for a rate on the scale of `threshold-table.ts`; null for a rate that none stands for. */
function thresholdOf(far: number): number | null {
  return { '0.01': 60, '0.001': 80, '0.0001': 90, '0.00001': 95 }[far.toFixed(5).replace(/0+$/, '')] ?? null;
}

/** The models aren't there, or the picture can't be decoded. */
function unable({ code, detail }: Failure): CheckOutcome {
  if (code === 'inference.image-invalid') return refusal('material.picture-unfit', 'capture', 'it can not be decoded');
  return refusal(code, code.startsWith('inference.') ? 'service' : 'none', detail);
}

function refusal(code: FailureCode, retry: RetryClass, detail?: string): CheckOutcome {
  return unconfirmed(code, { retry, basis: BASIS, detail });
}
