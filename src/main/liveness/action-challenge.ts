import { ACTIONS, type Action, type ActionChallenge } from '../../shared/domain/challenge.ts';
import { uniformInt, type RandomBytes } from './random-choice.ts';

/** From a frontal face to the prompt: short enough to wait for, and nobody can know when. */
const DELAY_MS = [400, 1_200] as const;
const NONCE_BYTES = 16;

export type ActionChallengeRequest = {
  /** Cryptographically strong outside of tests. */
  readonly randomBytes: RandomBytes;
  /** Added to the first action's delay; 0–3,800. */
  readonly restMs?: number;
} & (
  | {
      /** 1–5. */
      readonly count: number;
      /** One of the actions, from two on. */
      readonly including?: 'blink' | undefined;
      readonly actions?: never;
    }
  | { /** Exactly these, in this order. */ readonly actions: readonly Action[]; readonly count?: never }
);

/** A picture that is moved about can seem to turn or to nod; it can't do these. */
const FACE_ACTIONS: readonly Action[] = ['blink', 'open-mouth'];

/**
 * Random actions, none twice in a row, of which at least one moves the face itself and, of several, one the head.
 * A blink is never the only one: everybody in a replayed video blinks sooner or later.
 */
function drawActions(randomBytes: RandomBytes, count: number, including: Action | undefined): Action[] {
  for (;;) {
    const drawn: Action[] = [];
    while (drawn.length < count) {
      const action = ACTIONS[uniformInt(randomBytes, ACTIONS.length)]!;
      if (drawn.at(-1) !== action) drawn.push(action);
    }
    const ofTheFace = drawn.filter((action) => FACE_ACTIONS.includes(action)).length;
    const proves = count === 1 ? drawn[0] === 'open-mouth' : ofTheFace > 0 && ofTheFace < count;
    const includes = including === undefined || count === 1 || drawn.includes(including);
    if (proves && includes) return drawn;
  }
}

/** Draws what a person is asked to do and when. Times of issue and expiry are the caller's to add. */
export function issueActionChallenge(request: ActionChallengeRequest): ActionChallenge {
  const { randomBytes } = request;
  const nonce = Buffer.from(randomBytes(NONCE_BYTES)).toString('hex');
  const asked = request.actions ?? drawActions(randomBytes, request.count, request.including);
  const [least, most] = DELAY_MS;
  const actions = asked.map((action, index) => {
    const [high, low] = randomBytes(2);
    const restMs = index === 0 ? (request.restMs ?? 0) : 0;
    return { action, delayMs: restMs + least + Math.round(((most - least) * (256 * high! + low!)) / 65_535) };
  });
  return { kind: 'action', nonce, actions };
}
