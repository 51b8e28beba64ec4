import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { OfferedPage } from '../../main/verifiers/hosted-pages.ts';
import type { Clock } from '../../shared/clock.ts';
import { failure } from '../../shared/reasons.ts';
import { err } from '../../shared/result.ts';
import type { Policy } from '../../shared/protocol/kv1.ts';
import type { InferenceProcess } from '../adapters/inference-process.ts';
import { answererNames } from '../pages/phone-texts.ts';
import type { RouteModule } from '../parts.ts';
import { handOffRoutes } from '../routes/hand-off-routes.ts';
import { phoneRoutes } from '../routes/phone-routes.ts';
import type { CheckDirectory } from '../sessions/check-directory.ts';
import { createDecisionBell } from '../sessions/decision-bell.ts';
import type { RandomBytes } from '../sessions/envelope.ts';
import { loadSealingKeys } from '../sessions/sealing-key-store.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';
import { createSessionKeys } from '../sessions/session-keys.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { createHandOffDesk } from './hand-off-desk.ts';
import { createHandOffEnds, type HandOffEnds } from './hand-off-ends.ts';
import { createLinkCodes } from './hand-off-link.ts';
import { createHandOffRows, type HandOffRows } from './hand-off-rows.ts';
import { createHandOffVault } from './hand-off-vault.ts';
import { offeredPages } from './offered-pages.ts';
import { createPhoneCaptures } from './phone-captures.ts';
import { createPhoneDesk } from './phone-desk.ts';
import type { PhoneLiveness } from './phone-liveness.ts';
import { createVendorVisits } from './vendor-visits.ts';

export interface HandOffsParts {
  readonly database: VerifierDatabase;
  readonly masterKey: Uint8Array;
  readonly sessions: SessionDesk;
  readonly checks: CheckDirectory;
  /** Looks at phones' pictures; or why nobody can. */
  readonly inference: Pick<InferenceProcess, 'call'> | string;
  readonly vendors: readonly OfferedPage[];
  readonly liveness: PhoneLiveness;
  readonly eraseSession: (sessionId: string, why: 'acknowledged' | 'withdrawn') => Promise<unknown>;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly failed: (error: unknown) => void;
}

export interface HandOffs {
  readonly routes: readonly RouteModule[];
  /** What the policy tells devices. */
  readonly offer: Pick<Policy, 'handOffs' | 'handOffRefusals' | 'sealingKey'>;
  /** Somebody has withdrawn: whatever page is open for them ends. @param deviceId null: at all devices */
  readonly endSubject: (subjectKey: string, deviceId: string | null) => Promise<void>;
  /** Begins to end what has had its time. */
  startSweeper(): { close(): Promise<void> };
}

const NOBODY: Pick<InferenceProcess, 'call'> = {
  call: () => Promise.resolve(err(failure('inference.unavailable', 'no models'))),
};

const SWEEP_MS = 5_000;
/** How long the outcome can be asked for. */
const KEPT_MS = 24 * 3_600_000;

/** Puts together everything by which people finish on their own phones. */
export async function openHandOffs(parts: HandOffsParts): Promise<HandOffs> {
  const { database, masterKey, checks, clock, randomBytes, sessions, eraseSession, failed, inference } = parts;
  const rows = createHandOffRows(database);
  const vault = createHandOffVault(createSessionKeys(masterKey, randomBytes), randomBytes);
  const opener = await loadSealingKeys(database, clock);
  const bell = createDecisionBell();
  const refused = typeof inference === 'string' ? inference : null;
  const pages = offeredPages(refused, parts.vendors, checks);
  const visits = createVendorVisits({ pages, rows, vault, clock, randomBytes });
  const captures = createPhoneCaptures({
    inference: typeof inference === 'string' ? NOBODY : inference,
    clock,
    randomBytes,
    liveness: parts.liveness,
  });
  const dropCapture = (handOffId: string): void => captures.drop(handOffId);
  const ends = createHandOffEnds({ rows, sessions, visits, bell, clock, dropCapture, eraseSession, failed });
  const codes = createLinkCodes(masterKey);
  const around = { rows, vault, ends, bell, clock };
  const desk = createHandOffDesk({ ...around, codes, pages, visits, opener, eraseSession, failed });
  const phone = createPhoneDesk({ ...around, captures, sessions, randomBytes });
  const names = ({ check }: { readonly check: Parameters<CheckDirectory['answering']>[0] }) =>
    answererNames(checks.answering(check).map(({ capabilities }) => capabilities.verifier));
  return {
    routes: [handOffRoutes(desk), phoneRoutes(phone, names)],
    offer: { handOffs: pages.handOffs, handOffRefusals: pages.refusals, sealingKey: opener.publicKey },
    endSubject: async (subjectKey, deviceId) => {
      for (const handOff of await rows.runningOf(subjectKey, deviceId)) {
        await ends.end(handOff, unconfirmed('user.cancelled', { retry: 'none' }));
      }
    },
    startSweeper: () =>
      startSweeper(async () => {
        captures.wipeIdle();
        await sweep(rows, ends, clock.wallMs());
      }, failed),
  };
}

async function sweep(rows: HandOffRows, ends: HandOffEnds, nowMs: number): Promise<void> {
  for (const handOffId of await rows.due(nowMs)) {
    const handOff = await rows.find(handOffId);
    if (handOff !== null) await ends.settle(handOff);
  }
  await rows.forget(nowMs - KEPT_MS);
}

function startSweeper(work: () => Promise<void>, failed: (error: unknown) => void): { close(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).catch(failed);
  }, SWEEP_MS);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
