import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { SessionAnswer } from '../../shared/protocol/kv1-sessions.ts';
import type { DecisionBell } from '../sessions/decision-bell.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';
import type { HandOff } from './hand-off.ts';
import type { HandOffRows } from './hand-off-rows.ts';
import type { VendorVisits } from './vendor-visits.ts';

/** A question that somebody else works on may take this much longer than the hand-off. */
const CHECK_GRACE_MS = 2 * 60_000;

export interface HandOffEndsParts {
  readonly rows: HandOffRows;
  readonly sessions: Pick<SessionDesk, 'read'>;
  readonly visits: VendorVisits;
  readonly bell: DecisionBell;
  readonly clock: Clock;
  /** Forgets what is held of it in memory. */
  readonly dropCapture: (handOffId: string) => void;
  /** Destroys what the check's session holds, here and at vendors. */
  readonly eraseSession: (sessionId: string, why: 'acknowledged' | 'withdrawn') => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

/** How hand-offs end. */
export interface HandOffEnds {
  /** Looks whether it has come to an end meanwhile, and gives it as it is by now. */
  settle(handOff: HandOff): Promise<HandOff>;
  /** Ends it, unless it has ended already, and destroys what it took. */
  end(handOff: HandOff, outcome: CheckOutcome): Promise<HandOff>;
}

/**
 * The first outcome stays. A question that is being checked may take `CHECK_GRACE_MS` longer than its hand-off, then it
 * is `outcome.unknown`.
 */
export function createHandOffEnds(parts: HandOffEndsParts): HandOffEnds {
  const { rows, clock, bell } = parts;
  const end = async (handOff: HandOff, outcome: CheckOutcome): Promise<HandOff> => {
    const { handOffId } = handOff.request;
    parts.dropCapture(handOffId);
    const ended = await rows.end(handOffId, outcome, clock.wallMs());
    bell.ring(handOffId);
    return ended ? { ...handOff, state: 'ended', outcome } : ((await rows.find(handOffId)) ?? handOff);
  };
  return {
    end,
    settle: async (handOff) => {
      if (handOff.state === 'ended') return handOff;
      const outcome = await outcomeOf(parts, handOff);
      if (outcome === null) return handOff;
      const ended = await end(handOff, outcome);
      // An open question keeps what a clerk needs to ask it again.
      if (handOff.state === 'checking' && outcome.reason !== 'outcome.unknown') {
        parts.eraseSession(handOff.request.handOffId, 'acknowledged').catch(parts.failed);
      }
      return ended;
    },
  };
}

/** How it has ended, or null while it hasn't. */
async function outcomeOf(parts: HandOffEndsParts, handOff: HandOff): Promise<CheckOutcome | null> {
  const isOver = parts.clock.wallMs() > handOff.expiresAtMs;
  const expired = unconfirmed('handoff.expired', { retry: 'none' });
  if (handOff.state === 'checking') {
    const read = await parts.sessions.read(handOff, handOff.request.handOffId);
    const isAsked = read.ok && read.value.state !== 'open' && read.value.state !== 'expired';
    // It stopped before the question was asked: nothing was carried out.
    if (!isAsked) return isOver ? expired : null;
    const decided = decidedOutcome(read.value);
    if (decided !== null) return decided;
    const isLate = parts.clock.wallMs() > handOff.expiresAtMs + CHECK_GRACE_MS;
    return isLate ? unconfirmed('outcome.unknown', { retry: 'clerk' }) : null;
  }
  const visited = handOff.request.page === 'countersign' ? null : await parts.visits.ask(handOff, isOver);
  return visited ?? (isOver ? expired : null);
}

/** The outcome that a session's newest decision stands for; null before there is one. */
function decidedOutcome({ decision, fields }: SessionAnswer): CheckOutcome | null {
  if (decision === null) return null;
  const { state, reason, retry, basis, scores, vendor } = decision.body;
  return { state, reason, retry, retryAfterMs: null, basis, scores, vendor, ...(fields === null ? {} : { fields }) };
}
