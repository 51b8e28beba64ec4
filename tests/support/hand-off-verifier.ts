import { randomBytes } from 'node:crypto';
import type { OfferedPage } from '../../src/main/verifiers/hosted-pages.ts';
import { systemClock, type Clock } from '../../src/shared/clock.ts';
import { createVerifierApp } from '../../src/verifier/app.ts';
import { assembleVerifier } from '../../src/verifier/assemble.ts';
import type { InferenceProcess } from '../../src/verifier/adapters/inference-process.ts';
import { openHandOffs, type HandOffs } from '../../src/verifier/hand-offs/start-hand-offs.ts';
import type { PhoneLiveness } from '../../src/verifier/hand-offs/phone-liveness.ts';
import { createVerifierLog } from '../../src/verifier/logging/verifier-log.ts';
import type { CheckDirectory } from '../../src/verifier/sessions/check-directory.ts';
import { openSessions } from '../../src/verifier/sessions/start-sessions.ts';
import type { VerifierDatabase } from '../../src/verifier/storage/database.ts';
import { openFolderObjectStore } from '../../src/verifier/storage/folder-object-store.ts';
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';
import { QUICK_BOUNDS } from './session-verifier.ts';

export interface HandOffVerifierOptions {
  readonly folder: string;
  readonly checks: CheckDirectory;
  readonly inference: Pick<InferenceProcess, 'call'> | string;
  readonly database?: string | null;
  readonly vendors?: readonly OfferedPage[];
  readonly liveness?: PhoneLiveness;
  readonly clock?: Clock;
  /** False: sessions are taken and nobody decides them. */
  readonly deciding?: boolean;
}

export interface HandOffVerifier {
  readonly address: string;
  readonly database: VerifierDatabase;
  readonly handOffs: HandOffs;
  readonly failures: unknown[];
  /** Lines of the log so far. */
  readonly logged: string[];
  /** Sessions that were erased, with the reason. */
  readonly erased: string[];
  enrolmentCode(): Promise<string>;
  close(): Promise<void>;
}

const MASTER_KEY = Buffer.alloc(32, 7);

/** A verifier with sessions and hand-offs on a real port of this process. */
export async function startHandOffVerifier(options: HandOffVerifierOptions): Promise<HandOffVerifier> {
  const { folder, checks, clock = systemClock } = options;
  const database = await openVerifierDatabase(folder, options.database ?? null);
  const objects = await openFolderObjectStore(`${folder}/objects`);
  const logged: string[] = [];
  const log = createVerifierLog({ write: (line) => void logged.push(line) });
  const parts = await assembleVerifier({ database, clock, randomBytes, publicOrigin: null, log });
  const failures: unknown[] = [];
  const erased: string[] = [];
  const failed = (error: unknown): void => void failures.push(error);
  const terms = async () => ({ policyVersion: 1, artifactRetentionMs: 86_400_000 });
  const foundation = { database, masterKey: MASTER_KEY, checks, clock, randomBytes, failed };
  const sessions = await openSessions({
    ...foundation,
    objects,
    serverKey: parts.serverKey,
    terms,
    bounds: QUICK_BOUNDS,
  });
  const handOffs = await openHandOffs({
    ...foundation,
    sessions: sessions.desk,
    inference: options.inference,
    vendors: options.vendors ?? [],
    liveness: options.liveness ?? 'action',
    eraseSession: async (sessionId, why) => {
      erased.push(`${sessionId} ${why}`);
      await sessions.destroySession(sessionId, why);
    },
  });
  parts.operations.offerHandOffs(handOffs.offer);
  const app = createVerifierApp({
    ...parts,
    routes: [...(parts.routes ?? []), sessions.routes, ...handOffs.routes],
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const worker = options.deciding === false ? null : sessions.startWorker();
  const sweeper = handOffs.startSweeper();
  return {
    address,
    database,
    handOffs,
    failures,
    logged,
    erased,
    enrolmentCode: () => parts.enrolment.openCode('test'),
    close: async () => {
      await sweeper.close();
      await worker?.close(0);
      await app.close();
      await database.close();
    },
  };
}
