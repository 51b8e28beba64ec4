import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../../src/shared/clock.ts';
import { createVerifierApp } from '../../src/verifier/app.ts';
import { assembleVerifier } from '../../src/verifier/assemble.ts';
import type { RetryBounds } from '../../src/verifier/sessions/backoff.ts';
import type { CheckDirectory } from '../../src/verifier/sessions/check-directory.ts';
import { openSessions, type Sessions } from '../../src/verifier/sessions/start-sessions.ts';
import type { VerifierDatabase } from '../../src/verifier/storage/database.ts';
import { openFolderObjectStore } from '../../src/verifier/storage/folder-object-store.ts';
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';

export interface SessionVerifierOptions {
  readonly folder: string;
  readonly checks: CheckDirectory;
  /** `postgres://…`; a file in the folder where it is absent. */
  readonly database?: string | null;
  readonly clock?: Clock;
  readonly bounds?: RetryBounds;
  readonly leaseMs?: number;
  /** False: sessions are taken and nobody decides them. */
  readonly deciding?: boolean;
  readonly retentionMs?: number;
  /** Told of every answered request: its method, pattern and milliseconds. */
  readonly measured?: (route: string, ms: number) => void;
}

export interface SessionVerifier {
  readonly address: string;
  readonly database: VerifierDatabase;
  readonly sessions: Sessions;
  /** Bugs and outages that the worker met. */
  readonly failures: unknown[];
  enrolmentCode(): Promise<string>;
  close(): Promise<void>;
}

/** The same for all servers of a test, as for all servers of one installation. */
const MASTER_KEY = Buffer.alloc(32, 7);

/** Quick, for tests that wait for tries. */
export const QUICK_BOUNDS: RetryBounds = { maxAttempts: 4, baseMs: 10, capMs: 40, totalMs: 600 };

/** A verifier with sessions on a real port of this process. */
export async function startSessionVerifier(options: SessionVerifierOptions): Promise<SessionVerifier> {
  const { folder, checks, clock = systemClock, retentionMs = 86_400_000 } = options;
  const database = await openVerifierDatabase(folder, options.database ?? null);
  const objects = await openFolderObjectStore(`${folder}/objects`);
  const parts = await assembleVerifier({ database, clock, randomBytes, publicOrigin: null });
  const failures: unknown[] = [];
  const sessions = await openSessions({
    database,
    objects,
    masterKey: MASTER_KEY,
    serverKey: parts.serverKey,
    checks,
    terms: async () => ({ policyVersion: 1, artifactRetentionMs: retentionMs }),
    clock,
    randomBytes,
    failed: (error) => failures.push(error),
    bounds: options.bounds ?? QUICK_BOUNDS,
    ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
  });
  const app = createVerifierApp({ ...parts, routes: [...(parts.routes ?? []), sessions.routes] });
  const { measured } = options;
  if (measured !== undefined) {
    app.addHook('onResponse', async (request, reply) => {
      measured(`${request.method} ${request.routeOptions.url ?? ''}`, reply.elapsedTime);
    });
  }
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const worker = options.deciding === false ? null : sessions.startWorker();
  return {
    address,
    database,
    sessions,
    failures,
    enrolmentCode: () => parts.enrolment.openCode('test'),
    close: async () => {
      await worker?.close(0);
      await app.close();
      await database.close();
    },
  };
}
