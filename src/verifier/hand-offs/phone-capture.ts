import type { RelativeBox } from '../../main/inference/contract.ts';
import type { VerifierPicture } from '../../main/inference/verifier-picture.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ChallengeProgress, FramedChallenge } from '../../shared/domain/challenge.ts';
import type { Failure, ReasonCode } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { InferenceProcess } from '../adapters/inference-process.ts';
import type { RandomBytes } from '../sessions/envelope.ts';
import { decidePhone, issuePhoneChallenge, type PhoneLiveness } from './phone-liveness.ts';
import { challengeStep, type PhoneStep } from './phone-step.ts';

/** One picture of a phone's camera; `capturedAtMs` on the page's monotonic clock. */
export interface PhoneFrame {
  readonly jpeg: Buffer;
  readonly capturedAtMs: number;
}

/** What a picture led to. */
export type PhoneSight =
  | { readonly kind: 'step'; readonly step: PhoneStep }
  | { readonly kind: 'live'; readonly picture: VerifierPicture }
  | { readonly kind: 'spoof'; readonly reason: ReasonCode }
  | { readonly kind: 'undecided'; readonly reason: ReasonCode };

export interface PhoneCaptureParts {
  readonly inference: Pick<InferenceProcess, 'call'>;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly liveness: PhoneLiveness;
}

/** One try: a face finds its place, a challenge is judged. Calls must not overlap. */
export interface PhoneCapture {
  open(): Promise<Result<null, Failure>>;
  see(frame: PhoneFrame): Promise<Result<PhoneSight, Failure>>;
  close(): Promise<void>;
}

/** Pictures of the face at rest before a challenge begins, and between two of them. */
const NEUTRAL_FRAMES = 3;
const NEUTRAL_EVERY_MS = 150;
/** Pictures of a challenge that spoofs and the person are told by. */
const EVIDENCE_EVERY_MS = 250;
/** The judge ends a challenge on the pictures' clock; this one is the verifier's. */
const CHALLENGE_LIMIT_MS = 60_000;

interface Running {
  readonly challenge: FramedChallenge;
  readonly begunAtMs: number;
  evidenceAtMs: number;
  last: ChallengeProgress | null;
}

/**
 * A challenge begins after three pictures of the face at rest and is judged after 60 s at the latest. Fails as the
 * inference process does.
 */
export function createPhoneCapture(parts: PhoneCaptureParts, captureId: string): PhoneCapture {
  const { clock, randomBytes } = parts;
  const { call } = parts.inference;
  let box: RelativeBox | null = null;
  let neutral = 0;
  let neutralAtMs = Number.NEGATIVE_INFINITY;
  let running: Running | null = null;

  const begin = async (): Promise<Result<PhoneSight, Failure>> => {
    const challenge = issuePhoneChallenge(parts.liveness, randomBytes);
    const begun = await call('beginChallenge', { captureId, challenge });
    if (!begun.ok) return begun;
    running = { challenge, begunAtMs: clock.monotonicMs(), evidenceAtMs: Number.NEGATIVE_INFINITY, last: null };
    return begunStep(challenge);
  };

  const position = async ({ jpeg, capturedAtMs }: PhoneFrame): Promise<Result<PhoneSight, Failure>> => {
    const guided = await call('guide', { captureId, jpeg, capturedAtMs });
    if (!guided.ok) return guided;
    box = guided.value.box ?? box;
    const { ready, hint } = guided.value;
    if (!ready) neutral = Math.min(neutral, NEUTRAL_FRAMES - 1);
    if (!ready || capturedAtMs - neutralAtMs < NEUTRAL_EVERY_MS) return ok(step({ step: 'position', hint }));
    const added = await call('addEvidence', { captureId, jpeg, capturedAtMs, phase: 'neutral' });
    if (!added.ok) return added;
    neutralAtMs = capturedAtMs;
    if (added.value.accepted) neutral += 1;
    return neutral >= NEUTRAL_FRAMES ? begin() : ok(step({ step: 'position', hint }));
  };

  const judge = async ({ challenge }: Running): Promise<Result<PhoneSight, Failure>> => {
    const evidence = await call('judgeChallenge', { captureId });
    if (!evidence.ok) return evidence;
    const summary = await call('summarise', { captureId });
    if (!summary.ok) return summary;
    const { verdict, reasons } = decidePhone(challenge, evidence.value, summary.value);
    if (verdict === 'spoof') return ok({ kind: 'spoof', reason: reasons[0] ?? 'liveness.spoof-suspected' });
    if (verdict === 'undecided') return ok({ kind: 'undecided', reason: reasons[0] ?? 'challenge.incomplete' });
    return bestPicture(parts, captureId);
  };

  const challenged = async (frame: PhoneFrame, run: Running): Promise<Result<PhoneSight, Failure>> => {
    const { jpeg, capturedAtMs } = frame;
    const face = box ?? { x: 0.2, y: 0.2, width: 0.6, height: 0.6 };
    const seen = await call('challengeFrame', { captureId, jpeg, capturedAtMs, face });
    // A picture that can't be counted (the last large one, say) is no reason to break off.
    if (!seen.ok && seen.error.code !== 'request.invalid') return seen;
    if (seen.ok) run.last = seen.value;
    if (capturedAtMs - run.evidenceAtMs >= EVIDENCE_EVERY_MS) {
      run.evidenceAtMs = capturedAtMs;
      const added = await call('addEvidence', { captureId, jpeg, capturedAtMs, phase: 'light' });
      if (!added.ok) return added;
    }
    const isLate = clock.monotonicMs() - run.begunAtMs > CHALLENGE_LIMIT_MS;
    if (run.last?.ended === true || isLate) return judge(run);
    return run.last === null ? begunStep(run.challenge) : ok(step(challengeStep(run.last)));
  };

  return {
    open: () => call('openCapture', { captureId }),
    see: (frame) => (running === null ? position(frame) : challenged(frame, running)),
    close: async () => void (await call('closeCapture', { captureId })),
  };
}

function begunStep(challenge: FramedChallenge): Result<PhoneSight, Failure> {
  const isAction = challenge.kind === 'action';
  const count = isAction ? challenge.actions.length : 1;
  const kind = isAction ? 'action' : 'silent';
  return ok(step({ step: 'challenge', kind, action: null, index: 0, count, done: 0, hint: null }));
}

async function bestPicture(
  { inference: { call } }: PhoneCaptureParts,
  captureId: string,
): Promise<Result<PhoneSight, Failure>> {
  const best = await call('bestFrames', { captureId, count: 1 });
  if (!best.ok) return best;
  const [frame] = best.value.frames;
  if (frame === undefined) return ok({ kind: 'undecided', reason: 'capture.too-few-frames' });
  const picture = await call('verifierPicture', { image: frame.jpeg, upright: true });
  frame.jpeg.fill(0);
  if (picture.ok) return ok({ kind: 'live', picture: picture.value });
  return picture.error.code.startsWith('inference.') ? picture : ok({ kind: 'undecided', reason: picture.error.code });
}

function step(of: PhoneStep): PhoneSight {
  return { kind: 'step', step: of };
}
