import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sendToVendor } from '../main/verifiers/vendor-exchange.ts';
import { vendorPages } from '../main/verifiers/vendor-pages.ts';
import type { Clock } from '../shared/clock.ts';
import { parseAdapters, type AdapterConfiguration } from './adapters/configuration.ts';
import { openAdapters } from './adapters/open-adapters.ts';
import { unservedListing } from './adapters/ordered-checks.ts';
import type { AssembledVerifier } from './assemble.ts';
import type { Environment } from './configuration.ts';
import { openHandOffs } from './hand-offs/start-hand-offs.ts';
import { RefusedStart } from './refused-start.ts';
import type { RouteModule } from './parts.ts';
import { openSessions } from './sessions/start-sessions.ts';
import type { VerifierDatabase } from './storage/database.ts';
import type { ObjectStore } from './storage/object-store.ts';

export interface ChecksParts {
  readonly database: VerifierDatabase;
  readonly objects: ObjectStore;
  readonly masterKey: Buffer;
  readonly assembled: AssembledVerifier;
  readonly clock: Clock;
  readonly modelsFolder: string;
}

export interface RunningChecks {
  readonly routes: readonly RouteModule[];
  /** Begins to decide and to erase; after the server listens. */
  start(): void;
  close(): Promise<void>;
}

/** Reads the file that says who answers what. Throws `RefusedStart` when it can't be used. */
export async function readAdapterFile(path: string, environment: Environment): Promise<AdapterConfiguration> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new RefusedStart(`--checks: ${path} can't be read`, { cause: error });
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new RefusedStart(`${path} is not JSON`);
  }
  const parsed = parseAdapters(content, environment);
  if (!parsed.ok) throw new RefusedStart(`${path}: ${parsed.error}`);
  return parsed.value;
}

/** Ties everything that answers questions to an assembled verifier. Throws `RefusedStart` for a check that isn't served. */
export async function openChecks(configuration: AdapterConfiguration, parts: ChecksParts): Promise<RunningChecks> {
  const { database, objects, masterKey, assembled, clock, modelsFolder } = parts;
  const { operations, serverKey } = assembled;
  const failed = (error: unknown): void => operations.log.failure(error, null);
  const vendors = { send: sendToVendor, clock, randomBytes };
  const adapters = await openAdapters(configuration, {
    database,
    objects,
    masterKey,
    clock,
    vendors,
    modelsFolder,
    metered: operations.metered,
  });
  const { checks } = adapters;
  const unserved = unservedListing(checks, configuration.checks);
  if (unserved !== null) {
    adapters.close();
    throw new RefusedStart(unserved);
  }
  const terms = () => operations.policy.terms();
  const foundation = { database, objects, masterKey, serverKey, checks, terms, clock, randomBytes };
  const sessions = await openSessions({ ...foundation, decided: operations.decided, failed });
  const around = operations.attach({
    readSession: (device, sessionId) => sessions.desk.read(device, sessionId),
    destroySession: sessions.destroySession,
    verifierOf: (name) => checks.named(name),
    offered: () => checks.offered(),
    pingObjects: () => objects.ping(),
  });
  const handOffs = await openHandOffs({
    ...{ database, masterKey, checks, clock, randomBytes, failed },
    sessions: sessions.desk,
    inference: adapters.inference,
    vendors: vendorPages(vendors, configuration),
    liveness: configuration.handOffs?.liveness ?? 'action',
    eraseSession: around.eraseExpired,
  });
  operations.offerHandOffs(handOffs.offer);
  operations.endBeforeErasure(handOffs.endSubject);
  let running: readonly { close(): Promise<void> }[] = [];
  return {
    routes: [sessions.routes, ...around.routes, ...handOffs.routes],
    start: () => {
      running = [sessions.startWorker(), sessions.startSweeper(around.eraseExpired), handOffs.startSweeper()];
    },
    close: async () => {
      await Promise.all(running.map((each) => each.close()));
      adapters.close();
    },
  };
}
