import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import { HAND_OFF_LIFETIME_MS } from '../../shared/domain/hand-off.ts';
import type { CheckMaterials } from '../../shared/domain/verification.ts';
import type { HandOffAnswer, HandOffLook, HandOffRequest } from '../../shared/protocol/kv1-hand-offs.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Device } from '../device-registry.ts';
import { problem } from '../problems.ts';
import type { DecisionBell } from '../sessions/decision-bell.ts';
import { identityMaterials, identityProblem } from '../sessions/materials.ts';
import type { IdentityOpener } from '../sessions/sealing-key.ts';
import type { Waiting } from '../sessions/session-reading.ts';
import { stateForDevice, withoutIdentity, type HandOff } from './hand-off.ts';
import type { HandOffEnds } from './hand-off-ends.ts';
import { hashOf, type LinkCodes } from './hand-off-link.ts';
import type { HandOffRows, NewHandOff } from './hand-off-rows.ts';
import type { HandOffVault } from './hand-off-vault.ts';
import type { OfferedPages } from './offered-pages.ts';
import type { VendorVisits } from './vendor-visits.ts';

type Asker = Pick<Device, 'deviceId'>;

/** What a kiosk can do with hand-offs. One of another device is `not_found`. */
export interface HandOffDesk {
  /**
   * Opens one; the same request again gives it as it is by now, with the same address.
   *
   * @param origin where phones find this verifier
   */
  open(device: Asker, request: HandOffRequest, origin: string): Promise<Result<HandOffAnswer, Problem>>;
  read(device: Asker, handOffId: string, wait: Waiting): Promise<Result<HandOffLook, Problem>>;
  /** Nobody waits for it any more. */
  close(device: Asker, handOffId: string): Promise<Result<HandOffLook, Problem>>;
}

export interface HandOffDeskParts {
  readonly rows: HandOffRows;
  readonly vault: HandOffVault;
  readonly codes: LinkCodes;
  readonly pages: OfferedPages;
  readonly visits: VendorVisits;
  readonly ends: HandOffEnds;
  readonly opener: IdentityOpener;
  readonly bell: DecisionBell;
  readonly clock: Clock;
  readonly eraseSession: (sessionId: string, why: 'acknowledged' | 'withdrawn') => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

/** A kiosk has one at a time; a few may be left by a crash. */
const MOST_OF_A_DEVICE = 20;
const LOOK_MS = 500;

/**
 * Opening fails with `hand_off_unavailable` (also where phones would come without https), `identity_unreadable`,
 * `too_many_requests` beyond 20 of a device, `idempotency_conflict`, `idempotency_in_flight`, or for what the check
 * misses.
 */
export function createHandOffDesk(parts: HandOffDeskParts): HandOffDesk {
  return {
    open: (device, request, origin) => openHandOff(parts, device, request, origin),
    read: async (device, handOffId, wait) => {
      const found = await findOwn(parts, device, handOffId);
      return found.ok ? ok(await lookAt(parts, found.value, wait)) : found;
    },
    close: async (device, handOffId) => {
      const found = await findOwn(parts, device, handOffId);
      if (!found.ok) return found;
      const wasChecking = found.value.state === 'checking';
      const ended = await parts.ends.end(found.value, unconfirmed('user.cancelled', { retry: 'none' }));
      if (wasChecking) parts.eraseSession(handOffId, 'withdrawn').catch(parts.failed);
      return ok({ handOffId, now: stateForDevice(ended) });
    },
  };
}

async function openHandOff(
  parts: HandOffDeskParts,
  device: Asker,
  request: HandOffRequest,
  origin: string,
): Promise<Result<HandOffAnswer, Problem>> {
  const kept = withoutIdentity(request);
  const known = await parts.rows.find(request.handOffId);
  if (known !== null) {
    const same = known.deviceId === device.deviceId && canonicalJson(known.request) === canonicalJson(kept);
    return same ? answerOf(parts, known, request, origin) : err(problem('idempotency_conflict'));
  }
  const refusal = parts.pages.refusal(request.page, request.check) ?? originRefusal(request.page, origin);
  if (refusal !== null) return err(problem('hand_off_unavailable', { detail: refusal.slice(0, 300) }));
  const materials = await materialsOf(parts, request);
  if (!materials.ok) return materials;
  if ((await parts.rows.running(device.deviceId)) >= MOST_OF_A_DEVICE) {
    return err(problem('too_many_requests', { retryAfterMs: 30_000 }));
  }
  const fresh = newHandOff(parts, device, request);
  if (!(await parts.rows.insert(fresh))) return err(problem('idempotency_in_flight', { retryAfterMs: 500 }));
  const opened = { ...fresh, state: 'waiting', browserHash: null, agreement: null, outcome: null } as const;
  return answerOf(parts, opened, request, origin);
}

function newHandOff(
  { vault, codes, clock }: HandOffDeskParts,
  { deviceId }: Asker,
  request: HandOffRequest,
): NewHandOff {
  const kept = withoutIdentity(request);
  const createdAtMs = clock.wallMs();
  return {
    deviceId,
    request: kept,
    codeHash: request.page === 'countersign' ? hashOf(codes.codeOf(request.handOffId)) : null,
    createdAtMs,
    expiresAtMs: createdAtMs + HAND_OFF_LIFETIME_MS,
    secrets: vault.seal(kept, request.identity),
  };
}

async function answerOf(
  parts: HandOffDeskParts,
  handOff: HandOff,
  request: HandOffRequest,
  origin: string,
): Promise<Result<HandOffAnswer, Problem>> {
  const { handOffId, page } = handOff.request;
  const url =
    page === 'countersign'
      ? ok(`${origin}/phone/${parts.codes.codeOf(handOffId)}`)
      : await vendorUrl(parts, handOff, request);
  if (!url.ok) return url;
  const opened = { handOffId, page, url: url.value, expiresAtMs: handOff.expiresAtMs };
  return ok({ opened, now: stateForDevice(await parts.ends.settle(handOff)) });
}

/** What can't be opened at the vendor has ended; what was opened and has ended has no address any more. */
async function vendorUrl(
  parts: HandOffDeskParts,
  handOff: HandOff,
  request: HandOffRequest,
): Promise<Result<string, Problem>> {
  if (handOff.state === 'ended') return err(problem('hand_off_unavailable', { detail: 'it has ended' }));
  const materials = await materialsOf(parts, request);
  if (!materials.ok) return materials;
  const opened = await parts.visits.open(handOff, materials.value);
  if (opened.ok) return opened;
  const { reason, detail = '' } = opened.error;
  await parts.ends.end(handOff, opened.error);
  return err(problem('hand_off_unavailable', { detail: `${reason} ${detail}`.trim().slice(0, 300) }));
}

/** What a check needs of the identity has to be there before anybody takes out a phone. */
async function materialsOf(
  { opener }: HandOffDeskParts,
  { identity, handOffId, check }: HandOffRequest,
): Promise<Result<CheckMaterials, Problem>> {
  const opened = identity === null ? null : await opener.open(identity, handOffId);
  if (identity !== null && opened === null) return err(problem('identity_unreadable'));
  const missing = identityProblem(check, opened);
  return missing === null ? ok(identityMaterials(opened)) : err(missing);
}

/** Browsers give a camera to https pages and to this machine only. */
function originRefusal(page: HandOffRequest['page'], origin: string): string | null {
  if (page !== 'countersign' || origin.startsWith('https://')) return null;
  const { hostname } = new URL(origin);
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return isLocal ? null : 'phones need https: the verifier has to be reached by a public origin';
}

/** As it is, or as soon as it is different. */
async function lookAt(parts: HandOffDeskParts, found: HandOff, wait: Waiting): Promise<HandOffLook> {
  const { handOffId } = found.request;
  const untilMs = parts.clock.monotonicMs() + wait.waitMs;
  let handOff = await parts.ends.settle(found);
  const before = canonicalJson(stateForDevice(handOff));
  for (;;) {
    const now = stateForDevice(handOff);
    const leftMs = untilMs - parts.clock.monotonicMs();
    const isOver = now.state === 'ended' || canonicalJson(now) !== before || leftMs <= 0 || wait.signal?.aborted;
    if (isOver) return { handOffId, now };
    await parts.bell.heard(handOffId, Math.min(leftMs, LOOK_MS), wait.signal);
    handOff = await parts.ends.settle((await parts.rows.find(handOffId)) ?? handOff);
  }
}

async function findOwn(parts: HandOffDeskParts, device: Asker, handOffId: string): Promise<Result<HandOff, Problem>> {
  const handOff = await parts.rows.find(handOffId);
  return handOff?.deviceId === device.deviceId ? ok(handOff) : err(problem('not_found'));
}
