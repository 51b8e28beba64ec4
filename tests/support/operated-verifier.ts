import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { systemClock, type Clock } from '../../src/shared/clock.ts';
import { orderChecks } from '../../src/verifier/adapters/ordered-checks.ts';
import { createVerifierApp } from '../../src/verifier/app.ts';
import { assembleVerifier, type AssembledVerifier } from '../../src/verifier/assemble.ts';
import { openHandOffs } from '../../src/verifier/hand-offs/start-hand-offs.ts';
import { createVerifierLog } from '../../src/verifier/logging/verifier-log.ts';
import type { SessionOperations } from '../../src/verifier/operations.ts';
import {
  createOperatorToken,
  operatorTokenHash,
  type OperatorRole,
} from '../../src/verifier/operators/operator-token.ts';
import type { VerifierParts } from '../../src/verifier/parts.ts';
import { openSessions } from '../../src/verifier/sessions/start-sessions.ts';
import type { VerifierDatabase } from '../../src/verifier/storage/database.ts';
import { openFolderObjectStore } from '../../src/verifier/storage/folder-object-store.ts';
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';
import { temporaryFolder } from './sample-store.ts';
import { scriptedVerifier, type ScriptedVerifier } from './scripted-verifier.ts';
import { QUICK_BOUNDS } from './session-verifier.ts';

export interface OperatedVerifier {
  readonly address: string;
  readonly app: FastifyInstance;
  readonly database: VerifierDatabase;
  readonly vendor: ScriptedVerifier;
  readonly parts: AssembledVerifier;
  readonly sessionOperations: SessionOperations;
  /** Lines of the log so far. */
  readonly logged: string[];
  enrolmentCode(): Promise<string>;
  /** A new operator's token. */
  operator(name: string, role: OperatorRole): Promise<string>;
  /** A request with a token. */
  operate(token: string, method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>;
  close(): Promise<void>;
}

export interface OperatedOptions {
  readonly clock?: Clock;
  readonly database?: string | null;
  readonly changes?: Partial<VerifierParts>;
  /** What asking the object store leads to. */
  readonly pingObjects?: () => Promise<void>;
}

/** A whole verifier on a real port of this process: records, sessions, a scripted vendor, and everything around them. */
export async function startOperatedVerifier(options: OperatedOptions = {}): Promise<OperatedVerifier> {
  const { clock = systemClock } = options;
  const folder = temporaryFolder();
  const database = await openVerifierDatabase(folder.path, options.database ?? null);
  const logged: string[] = [];
  const log = createVerifierLog({ write: (line) => void logged.push(line) });
  const parts = await assembleVerifier({ database, clock, randomBytes, publicOrigin: null, log });
  const objects = await openFolderObjectStore(`${folder.path}/objects`);
  const vendor = scriptedVerifier();
  const checks = orderChecks([parts.operations.metered(vendor)], { 'face-authority': ['tencent'] });
  const masterKey = randomBytes(32);
  const sessions = await openSessions({
    database,
    objects,
    masterKey,
    serverKey: parts.serverKey,
    checks,
    terms: () => parts.operations.policy.terms(),
    clock,
    randomBytes,
    decided: parts.operations.decided,
    bounds: QUICK_BOUNDS,
  });
  const sessionOperations = parts.operations.attach({
    readSession: (device, sessionId) => sessions.desk.read(device, sessionId),
    destroySession: sessions.destroySession,
    verifierOf: (name) => checks.named(name),
    offered: () => checks.offered(),
    pingObjects: options.pingObjects ?? (() => objects.ping()),
  });
  const handOffs = await openHandOffs({
    ...{ database, masterKey, checks, clock, randomBytes },
    sessions: sessions.desk,
    inference: 'no models in this test',
    vendors: [],
    liveness: 'action',
    eraseSession: sessionOperations.eraseExpired,
    failed: () => undefined,
  });
  parts.operations.endBeforeErasure(handOffs.endSubject);
  const routes = [...(parts.routes ?? []), sessions.routes, ...sessionOperations.routes, ...handOffs.routes];
  const app = createVerifierApp({ ...parts, routes, ...options.changes });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const worker = sessions.startWorker();
  return {
    address,
    app,
    database,
    vendor,
    parts,
    sessionOperations,
    logged,
    enrolmentCode: () => parts.enrolment.openCode('counter'),
    operator: async (name, role) => {
      const token = createOperatorToken(randomBytes);
      const row = { name, role, token_hash: operatorTokenHash(token), created_at_ms: clock.wallMs(), disabled: 0 };
      await database.queries.insertInto('operators').values(row).execute();
      return token;
    },
    operate: async (token, method, path, body) => {
      const answer = await fetch(`${address}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, json: await answer.json() };
    },
    close: async () => {
      await worker.close(0);
      await app.close();
      await database.close();
      folder.remove();
    },
  };
}
