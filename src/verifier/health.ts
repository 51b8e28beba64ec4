import type { VerifierDatabase } from './storage/database.ts';

/** Whether each thing that the verifier needs is there. */
export interface Readiness {
  readonly database: boolean;
  readonly objects: boolean;
  readonly adapters: boolean;
}

export interface ReadinessParts {
  readonly database: VerifierDatabase;
  /** Settles when the object store answers; absent where there is none. */
  readonly pingObjects?: () => Promise<void>;
  /** Whether at least one adapter is configured; absent where the verifier only keeps records. */
  readonly hasAdapters?: () => boolean;
}

/** Longer than that counts as not there. */
const PROBE_TIMEOUT_MS = 3_000;

/** Asks everything at once; whatever fails or doesn't answer in time isn't ready. */
export async function readinessOf({ database, pingObjects, hasAdapters }: ReadinessParts): Promise<Readiness> {
  const [writable, objects] = await Promise.all([
    succeeds(() => writes(database)),
    pingObjects === undefined ? true : succeeds(pingObjects),
  ]);
  return { database: writable, objects, adapters: hasAdapters?.() ?? true };
}

/** Takes the lock for writing without changing anything: a disk that is full or read-only shows here. */
async function writes(database: VerifierDatabase): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.deleteFrom('nonces').where('seen_ms', '<', 0).execute();
  });
}

async function succeeds(probe: () => Promise<void>): Promise<boolean> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PROBE_TIMEOUT_MS);
  try {
    return await Promise.race([
      probe().then(() => true),
      new Promise<boolean>((resolve) => late.signal.addEventListener('abort', () => resolve(false))),
    ]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
