import type { Clock } from '../../shared/clock.ts';
import type { VerdictState } from '../../shared/reasons.ts';
import type { RouteModule } from '../parts.ts';
import { sessionRoutes } from '../routes/session-routes.ts';
import type { ServerKey } from '../server-key.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { createArtifactRows } from './artifact-rows.ts';
import { createArtifactStore, type ArtifactObjects } from './artifact-store.ts';
import { createSessionAttempts } from './attempt-rows.ts';
import type { RetryBounds } from './backoff.ts';
import type { CheckDirectory } from './check-directory.ts';
import { createDecisionBell } from './decision-bell.ts';
import type { RandomBytes } from './envelope.ts';
import { assertMasterKey } from './master-key-check.ts';
import { loadSealingKeys } from './sealing-key-store.ts';
import { createSessionDesk, type SessionDesk } from './session-desk.ts';
import { createDestroySession, type DestroySession } from './session-erasure.ts';
import { createSessionKeys } from './session-keys.ts';
import { createRenewSession } from './session-renewal.ts';
import { createSessionStore } from './session-store.ts';
import { startSessionSweeper, type EraseSession, type SessionSweeper } from './session-sweeper.ts';
import { startSessionWorker, type SessionTerms, type SessionWorker } from './session-worker.ts';

export interface SessionsParts {
  readonly database: VerifierDatabase;
  readonly objects: ArtifactObjects;
  /** 32 bytes that wrap the keys of all sessions; not in the database, so that its backups open nothing. */
  readonly masterKey: Uint8Array;
  readonly serverKey: Pick<ServerKey, 'sign'>;
  readonly checks: CheckDirectory;
  readonly terms: () => Promise<SessionTerms>;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** 0 ≤ x < 1; `Math.random` in production. */
  readonly random?: () => number;
  readonly decided?: (state: VerdictState) => void;
  readonly failed?: (error: unknown) => void;
  readonly leaseMs?: number;
  readonly bounds?: RetryBounds;
}

export interface Sessions {
  readonly desk: SessionDesk;
  readonly routes: RouteModule;
  readonly destroySession: DestroySession;
  /** Begins to decide. Before that sessions are taken and kept. */
  startWorker(): SessionWorker;
  /** Begins to erase what has had its time, by whatever erases one session and keeps the receipt. */
  startSweeper(erase: EraseSession): SessionSweeper;
}

/** Puts together everything that answers questions. Throws when the database was begun with another master key. */
export async function openSessions(parts: SessionsParts): Promise<Sessions> {
  const { database, objects, checks, terms, clock, randomBytes } = parts;
  await assertMasterKey(database, parts.masterKey, clock, randomBytes);
  const store = createSessionStore(database);
  const artifacts = createArtifactStore({ rows: createArtifactRows(database), objects, clock, randomBytes });
  const keys = createSessionKeys(parts.masterKey, randomBytes);
  const opener = await loadSealingKeys(database, clock);
  const bell = createDecisionBell();
  let worker: SessionWorker | null = null;
  const desk = createSessionDesk({
    store,
    renew: createRenewSession(database),
    artifacts,
    checks,
    keys,
    opener,
    bell,
    clock,
    randomBytes,
    terms,
    kick: () => worker?.kick(),
  });
  const attempts = createSessionAttempts(database, clock);
  const owner = randomBytes(8).toString('hex');
  return {
    desk,
    routes: sessionRoutes(desk),
    destroySession: createDestroySession({ database, objects, bell, clock }),
    startWorker: () => {
      const { random = Math.random } = parts;
      worker = startSessionWorker({ ...parts, store, artifacts, keys, bell, attempts, owner, random });
      return worker;
    },
    startSweeper: (erase) =>
      startSessionSweeper({
        database,
        objects,
        clock,
        erase,
        ...(parts.failed === undefined ? {} : { failed: parts.failed }),
      }),
  };
}
