import type { CheckOutcome } from '../../shared/domain/verification.ts';
import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { ServerKey } from '../server-key.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { decisionOf, mayFollow, signDecision } from './decision.ts';
import type { DecisionBell } from './decision-bell.ts';
import { encryptUnder } from './envelope.ts';
import { openIdentity } from './identity-vault.ts';
import { checkMaterials } from './materials.ts';
import { contextOf, unwrapKeys, type SessionKeys } from './session-keys.ts';
import { runSession, type SessionRunnerParts, type TurnResult } from './session-runner.ts';
import type { SessionStore } from './session-store.ts';
import type { Session } from './session.ts';

/** What decisions are made under at the moment. */
export interface SessionTerms {
  readonly policyVersion: number;
  readonly artifactRetentionMs: number;
}

export interface SessionWorkerParts extends SessionRunnerParts {
  readonly store: SessionStore;
  readonly artifacts: ArtifactStore;
  readonly keys: SessionKeys;
  readonly serverKey: Pick<ServerKey, 'sign'>;
  readonly bell: DecisionBell;
  readonly terms: () => Promise<SessionTerms>;
  /** Names this process among those on the same database. */
  readonly owner: string;
  /** How long a session stays with a process that doesn't say anything any more. */
  readonly leaseMs?: number;
  /** Sessions that are worked on at the same time. */
  readonly concurrency?: number;
  readonly decided?: (state: CheckOutcome['state']) => void;
  /** An exception that is a bug or a database that is gone. */
  readonly failed?: (error: unknown) => void;
}

export interface SessionWorker {
  /** Looks for sessions that are due, at once. */
  kick(): void;
  /** Takes no more sessions and waits for those under way, at most `withinMs`; what is left is taken up by the next. */
  close(withinMs?: number): Promise<void>;
}

const LEASE_MS = 60_000;
const CONCURRENCY = 16;
/** Sessions that another process submitted or let go are looked for this often. */
const LOOK_MS = 1_000;
const CLOSE_MS = 25_000;
const AFTER_BUG_MS = 5_000;

/** Decides submitted sessions. Several processes on one database share them out by leases. */
export function startSessionWorker(parts: SessionWorkerParts): SessionWorker {
  const running = new Set<Promise<void>>();
  const aborts = new Set<AbortController>();
  const timers = new Set<NodeJS.Timeout>();
  let closing = false;
  let looking = false;
  let again = false;

  const look = async (): Promise<void> => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    try {
      do {
        again = false;
        await takeAll();
      } while (again);
    } catch (error) {
      parts.failed?.(error);
    } finally {
      looking = false;
    }
  };
  const takeAll = async (): Promise<void> => {
    while (!closing && running.size < (parts.concurrency ?? CONCURRENCY)) {
      const session = await parts.store.claim(parts.owner, parts.clock.wallMs(), parts.leaseMs ?? LEASE_MS);
      if (session === null) return;
      const abort = new AbortController();
      aborts.add(abort);
      const turn = takeTurn(parts, session, abort, kickAfter).finally(() => {
        running.delete(turn);
        aborts.delete(abort);
        void look();
      });
      running.add(turn);
    }
  };
  const kickAfter = (delayMs: number): void => {
    if (closing) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void look();
    }, delayMs);
    timers.add(timer);
  };
  const interval = setInterval(() => void look(), LOOK_MS);
  void look();
  return {
    kick: () => void look(),
    close: async (withinMs = CLOSE_MS) => {
      closing = true;
      clearInterval(interval);
      for (const timer of timers) clearTimeout(timer);
      const deadline = setTimeout(() => {
        for (const abort of aborts) abort.abort();
      }, withinMs);
      await Promise.all(running);
      clearTimeout(deadline);
    },
  };
}

async function takeTurn(
  parts: SessionWorkerParts,
  session: Session,
  abort: AbortController,
  kickAfter: (delayMs: number) => void,
): Promise<void> {
  const { sessionId } = session.request;
  const heartbeat = keepLease(parts, sessionId, abort);
  try {
    const result = await decideSession(parts, session, abort.signal);
    if (result.kind === 'later') {
      await parts.store.release(sessionId, parts.owner, parts.clock.wallMs() + result.delayMs);
      kickAfter(result.delayMs);
    } else if (await settle(parts, session, result)) {
      parts.bell.ring(sessionId);
    }
  } catch (error) {
    parts.failed?.(error);
    await parts.store.release(sessionId, parts.owner, parts.clock.wallMs() + AFTER_BUG_MS).catch(() => undefined);
    kickAfter(AFTER_BUG_MS);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Says three times in a lease that the process is alive. A lease that is lost ends the call that it was for. */
function keepLease(parts: SessionWorkerParts, sessionId: string, abort: AbortController): NodeJS.Timeout {
  const leaseMs = parts.leaseMs ?? LEASE_MS;
  return setInterval(() => {
    parts.store.renew(sessionId, parts.owner, parts.clock.wallMs() + leaseMs).then(
      (kept) => (kept ? undefined : abort.abort()),
      () => undefined,
    );
  }, leaseMs / 3);
}

/** Puts the question together and takes a turn at it. */
async function decideSession(parts: SessionWorkerParts, session: Session, signal: AbortSignal): Promise<TurnResult> {
  const { request, secrets } = session;
  const keys = unwrapKeys(parts.keys, request, secrets);
  if (keys === null) return withoutMaterials('keys');
  const identity = openIdentity(request, keys.identity, secrets.identity);
  if (identity === undefined) return withoutMaterials('identity');
  const loaded = await parts.artifacts.load(request, keys.pictures);
  if (loaded === null) return withoutMaterials('artifacts');
  const materials = checkMaterials(request.check, identity, loaded);
  if (!materials.ok) return withoutMaterials(materials.error.detail ?? 'materials');
  const { certifyId, check, orderId } = request;
  return runSession(parts, session, { certifyId, check, orderId, materials: materials.value }, signal);
}

function withoutMaterials(detail: string): TurnResult {
  return { kind: 'decided', outcome: unconfirmed('material.missing', { retry: 'none', detail }) };
}

/** Signs and records how it ended; false when the lease was lost. A pass stays whatever comes after it. */
async function settle(
  parts: SessionWorkerParts,
  session: Session,
  { kind, outcome }: Exclude<TurnResult, { kind: 'later' }>,
): Promise<boolean> {
  const terms = await parts.terms();
  const body = decisionOf(session, outcome, { ...terms, decidedAtMs: parts.clock.wallMs() });
  if (!mayFollow(session.decision, body)) return false;
  const settled = await parts.store.settle(session.request.sessionId, parts.owner, {
    state: kind === 'unknown' ? 'unknown-outcome' : 'decided',
    decision: signDecision(body, parts.serverKey),
    fields: sealFields(parts, session, outcome),
  });
  if (settled) parts.decided?.(body.state);
  return settled;
}

function sealFields(parts: SessionWorkerParts, { request, secrets }: Session, { fields }: CheckOutcome): Buffer | null {
  if (fields === undefined) return null;
  const keys = unwrapKeys(parts.keys, request, secrets);
  if (keys === null) return null;
  const plain = Buffer.from(JSON.stringify(fields), 'utf8');
  return encryptUnder(keys.identity, plain, contextOf(request, 'fields'), parts.randomBytes);
}
