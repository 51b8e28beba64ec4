import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { HandOffState } from '../../../shared/domain/hand-off.ts';
import {
  HAND_OFF_PATHS,
  handOffAnswerSchema,
  handOffLookSchema,
  type HandOffAnswer,
  type HandOffRequest,
} from '../../../shared/protocol/kv1-hand-offs.ts';
import { SESSION_LIMITS } from '../../../shared/protocol/kv1-sessions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { AnswerProblem, VouchedAnswer } from './answer-rules.ts';
import { badSignature, malformed, type SignedCall } from './signed-calls.ts';

/** Calls about people who finish on their own phones. An answer about another hand-off is `verifier.bad-signature`. */
export interface HandOffCalls {
  /** Opens one; the same request again gives it as it is by now. */
  open(request: HandOffRequest): Promise<Result<HandOffAnswer, AnswerProblem>>;
  /** @param waitSeconds how long the verifier may hold the answer back until something has changed; 0–20 */
  look(handOffId: string, certifyId: string | null, waitSeconds?: number): Promise<Result<HandOffState, AnswerProblem>>;
  /** Nobody waits any more. Null when the verifier knows of none. */
  close(handOffId: string, certifyId: string | null): Promise<Result<HandOffState | null, AnswerProblem>>;
}

/** Waits are whole seconds, cut to what the protocol allows. An answer that doesn't parse is `verifier.malformed`. */
export function createHandOffCalls(call: SignedCall, randomBytes: (length: number) => Buffer): HandOffCalls {
  return {
    open: async (request) => {
      const answer = await call({
        method: 'POST',
        path: HAND_OFF_PATHS.handOffs,
        body: canonicalJson(request),
        // Its answer depends on the state by now: that of an earlier try would be an old one.
        idempotencyKey: randomBytes(16).toString('hex'),
        certifyId: request.certifyId,
      });
      return answer.ok ? readOpened(answer.value, request) : answer;
    },
    look: async (handOffId, certifyId, waitSeconds = 0) => {
      const seconds = Math.min(Math.max(0, Math.floor(waitSeconds)), SESSION_LIMITS.waitSeconds);
      const path = HAND_OFF_PATHS.handOff(handOffId);
      const waiting = seconds === 0 ? {} : { headers: { prefer: `wait=${seconds}` }, waitMs: seconds * 1_000 };
      const answer = await call({ method: 'GET', path, certifyId, ...waiting });
      return answer.ok ? readLook(answer.value, handOffId) : answer;
    },
    close: async (handOffId, certifyId) => {
      const answer = await call({ method: 'DELETE', path: HAND_OFF_PATHS.handOff(handOffId), certifyId });
      if (answer.ok) return readLook(answer.value, handOffId);
      return answer.error.code === 'not_found' ? ok(null) : answer;
    },
  };
}

function readOpened({ value }: VouchedAnswer, request: HandOffRequest): Result<HandOffAnswer, AnswerProblem> {
  const parsed = handOffAnswerSchema.safeParse(value);
  if (!parsed.success) return err(malformed('the hand-off answer does not parse'));
  const { handOffId, page } = parsed.data.opened;
  if (handOffId !== request.handOffId || page !== request.page) return err(badSignature('another hand-off'));
  return ok(parsed.data);
}

function readLook({ value }: VouchedAnswer, handOffId: string): Result<HandOffState, AnswerProblem> {
  const parsed = handOffLookSchema.safeParse(value);
  if (!parsed.success) return err(malformed('the hand-off answer does not parse'));
  return parsed.data.handOffId === handOffId ? ok(parsed.data.now) : err(badSignature('another hand-off'));
}
