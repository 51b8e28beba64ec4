import type { CaptureSummary } from '../../main/inference/contract.ts';
import { issueActionChallenge } from '../../main/liveness/action-challenge.ts';
import { decideFramed, type FramedDecision } from '../../main/liveness/framed-decision.ts';
import { captureFaults, DEFAULT_LIMITS } from '../../main/liveness/judge.ts';
import { uniformInt, type RandomBytes } from '../../main/liveness/random-choice.ts';
import { issueSilentChallenge } from '../../main/liveness/silent-challenge.ts';
import type { Action, FramedChallenge } from '../../shared/domain/challenge.ts';
import type { FramedEvidence } from '../../shared/domain/liveness.ts';

/** How a phone's person is looked at. */
export type PhoneLiveness = 'action' | 'silent';

const HEAD_ACTIONS: readonly Action[] = ['turn-left', 'turn-right', 'nod'];
/** As on the kiosk: a head that turns and a mouth that opens change a face more than light does. */
const ACTION_LIMITS = { ...DEFAULT_LIMITS, minContinuity: 0.3 };

/**
 * A fresh challenge of this verifier's own randomness. Actions: the mouth and one of the head, in either order. No
 * blink: it shows in two of twenty pictures a second, and a phone's network carries fewer.
 */
export function issuePhoneChallenge(liveness: PhoneLiveness, randomBytes: RandomBytes): FramedChallenge {
  if (liveness === 'silent') return { ...issueSilentChallenge({ randomBytes }), issuer: 'verifier' };
  const head = HEAD_ACTIONS[uniformInt(randomBytes, HEAD_ACTIONS.length)] ?? 'nod';
  const actions: readonly Action[] = uniformInt(randomBytes, 2) === 0 ? ['open-mouth', head] : [head, 'open-mouth'];
  return { ...issueActionChallenge({ randomBytes, actions }), issuer: 'verifier' };
}

/** Judges an ended challenge by its own evidence and by all pictures of the capture. */
export function decidePhone(
  { kind }: FramedChallenge,
  evidence: FramedEvidence,
  capture: CaptureSummary,
): FramedDecision {
  const { spoofMedian, spoofScores, continuityMin } = capture;
  const { severalFaces } = captureFaults(capture);
  const findings = { spoofMedian, spoofFrames: spoofScores.length, continuityMin, severalFaces };
  return decideFramed(evidence, findings, kind === 'action' ? ACTION_LIMITS : DEFAULT_LIMITS);
}
