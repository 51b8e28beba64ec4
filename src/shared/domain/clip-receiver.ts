import { failure, type Failure } from '../reasons.ts';
import { err, ok, type Result } from '../result.ts';
import { CLIP_LIMITS, MAX_CLIP_SECONDS, type ClipLimits, type ClipTarget } from './clip.ts';
import type { Check, ClipChallenge } from './verification.ts';

/** Who answers a check, as a verifier's policy says. */
export interface ClipOffer {
  readonly check: string;
  readonly verifier: string;
  readonly operation: string;
}

/** What a clip has to be like for everybody who may get it. */
export interface ClipReceiver {
  /** The entries of `CLIP_LIMITS` that all have to take it. */
  readonly targets: readonly ClipTarget[];
  readonly limits: ClipLimits;
  /** A longer clip is cut to this, and nothing more of it leaves the device. */
  readonly bestSeconds: number;
  /** The person has to be seen blinking. */
  readonly needsBlink: boolean;
  readonly challenge: ClipChallenge['kind'];
}

interface KnownReceiver {
  readonly verifier: string;
  readonly operation: string;
  /** What it takes, by how the clip's liveness was asked for. */
  readonly takes: Partial<Readonly<Record<ClipChallenge['kind'], ClipTarget>>>;
  readonly needsBlink: boolean;
}

const TENCENT_CLIPS = { silent: 'tencent-silent', action: 'tencent-action', digits: 'tencent-digits' } as const;

/** Aliyun wants an upright clip with a blink and asks the person for nothing; Tencent tells clips apart by their kind. */
const KNOWN: readonly KnownReceiver[] = [
  {
    verifier: 'aliyun',
    operation: 'ContrastFaceVerify',
    takes: { silent: 'aliyun-id-min-video' },
    needsBlink: true,
  },
  { verifier: 'tencent', operation: 'LivenessRecognition', takes: TENCENT_CLIPS, needsBlink: false },
  { verifier: 'tencent', operation: 'LivenessCompare', takes: TENCENT_CLIPS, needsBlink: false },
  {
    verifier: 'tencent',
    operation: 'DetectAIFakeFaces',
    takes: { silent: 'tencent-fake-faces' },
    needsBlink: false,
  },
  // It answers by a script and looks at nothing.
  {
    verifier: 'mock',
    operation: 'scripted',
    takes: { silent: 'evidence', action: 'evidence', digits: 'evidence' },
    needsBlink: false,
  },
];

/** Room for what encoders add at a clip's end. */
const SECONDS_TO_SPARE = 0.2;
/**
 * What of a longer clip is sent: Aliyun advises 2–3 s and Tencent 2–5 s against fakes; a silent clip needs 2 s, and
 * more of it would tell more than is asked. Clips of actions and digits have to stay whole.
 */
const BEST_SECONDS: Partial<Readonly<Record<ClipTarget, number>>> = {
  'aliyun-id-min-video': 3,
  'tencent-silent': 5,
  'tencent-fake-faces': 5,
};

/** Those who answer a check, in the policy's order; none where the verifier hasn't said yet. */
export function offersOf(policy: { readonly checks?: readonly ClipOffer[] | undefined } | null, check: Check) {
  return policy?.checks?.filter((offer) => offer.check === check) ?? [];
}

/**
 * What a clip has to be like for those who may get it, in any order: it fits all of them. Who isn't known here, and a
 * verifier that hasn't said who answers, get what fits everybody. Fails with `capture.clip-unavailable` where somebody
 * takes no clip of this kind, or no clip fits all.
 *
 * @param challenge `action` and `digits` need a code of the receiver's own, which has to be asked for before the capture
 */
export function clipReceiver(
  offers: readonly ClipOffer[],
  challenge: ClipChallenge['kind'] = 'silent',
): Result<ClipReceiver, Failure> {
  const known = offers.map((offer) => KNOWN.find((each) => isOf(each, offer)));
  const named = known.filter((each) => each !== undefined);
  const refusing = named.find(({ takes }) => takes[challenge] === undefined);
  if (refusing) return refuse(`${refusing.verifier} ${refusing.operation} takes no ${challenge} clip`);
  const everybody = known.length === 0 || named.length < known.length;
  const receivers = everybody ? KNOWN.filter(({ takes }) => takes[challenge] !== undefined) : named;
  const targets = [...new Set(receivers.flatMap(({ takes }) => takes[challenge] ?? []))];
  const limits = targets.map((target): ClipLimits => CLIP_LIMITS[target]).reduce(strictest);
  const narrow = limits.minSeconds >= limits.maxSeconds - SECONDS_TO_SPARE || limits.minWidth > limits.maxWidth;
  if (narrow) return refuse(`no clip fits ${targets.join(', ')}`);
  const best = targets.map((target) => BEST_SECONDS[target] ?? MAX_CLIP_SECONDS);
  const bestSeconds = Math.min(limits.maxSeconds - SECONDS_TO_SPARE, ...best);
  return ok({ targets, limits, bestSeconds, needsBlink: receivers.some(({ needsBlink }) => needsBlink), challenge });
}

/** What one entry of `CLIP_LIMITS` takes, whoever it belongs to. */
export function receiverOf(target: ClipTarget, challenge: ClipChallenge['kind'] = 'silent'): ClipReceiver {
  const limits = CLIP_LIMITS[target];
  const bestSeconds = BEST_SECONDS[target] ?? limits.maxSeconds - SECONDS_TO_SPARE;
  const needsBlink = KNOWN.some((each) => each.needsBlink && Object.values(each.takes).includes(target));
  return { targets: [target], limits, bestSeconds, needsBlink, challenge };
}

function isOf(known: KnownReceiver, { verifier, operation }: ClipOffer): boolean {
  return known.verifier === verifier && known.operation === operation;
}

function strictest(one: ClipLimits, other: ClipLimits): ClipLimits {
  return {
    container: 'mp4',
    videoCodec: 'h264',
    maxBytes: Math.min(one.maxBytes, other.maxBytes),
    minSeconds: Math.max(one.minSeconds, other.minSeconds),
    maxSeconds: Math.min(one.maxSeconds, other.maxSeconds),
    sound: one.sound === 'needed' || other.sound === 'needed' ? 'needed' : 'optional',
    minWidth: Math.max(one.minWidth, other.minWidth),
    minHeight: Math.max(one.minHeight, other.minHeight),
    maxWidth: Math.min(one.maxWidth, other.maxWidth),
    maxHeight: Math.min(one.maxHeight, other.maxHeight),
  };
}

function refuse(detail: string): Result<never, Failure> {
  return err(failure('capture.clip-unavailable', detail));
}
