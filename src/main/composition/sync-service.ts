import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { keyFingerprint } from '../settings/device-identity.ts';
import { localDayOf } from '../store/local-day.ts';
import { createSubjectErasureRows } from '../store/subject-erasure-rows.ts';
import { createErasureSender, type ErasureSender } from '../sync/erasure-sender.ts';
import { DEFAULT_CAPS } from '../sync/offline-caps.ts';
import { createOutboxService, type OutboxService, type OutboxServiceParts } from '../sync/outbox-service.ts';
import { enrolDevice } from '../verifiers/countersign/enrolment.ts';
import type { KeptPolicy } from '../verifiers/countersign/kv1-client.ts';
import type { Verifier } from '../verifiers/contract.ts';
import { createDirectDelivery } from '../verifiers/direct-delivery.ts';
import { createSessionDelivery } from '../verifiers/countersign/session-delivery.ts';
import { createChallengeSeeds } from './challenge-seeds.ts';
import type { DirectVerifier } from './direct-verifier.ts';
import { createEnrolledClient } from './enrolled-client.ts';
import type { Installation } from './installation.ts';
import type { SyncService } from './sync-port.ts';
import { startTimer } from './timers.ts';

/** A scene that may not decide offline asks for an exchange within this time. */
const ONLINE_WITHIN_MS = 10 * 60_000;
/** Somebody at the counter waits for the verifier's decision for this long before others come first. */
const LIVE_WAIT_MS = 30_000;
const DEVICE_MODEL = 'countersign-kiosk';
/** Who the audit log names for what is done in the administrator's window. */
const ADMINISTRATOR = 'administrator';

export interface SyncParts {
  /** Whether this machine's clock can be believed enough to erase by it; absent: always. */
  readonly mayErase?: () => boolean;
  readonly installation: Installation;
  readonly clock: Clock;
  readonly appVersion: string;
  /** The vendor that is asked instead of our verifier, where a site has chosen one. */
  readonly direct: DirectVerifier;
  /** Whether a certification is in progress. */
  readonly attended: () => boolean;
  readonly log: (event: string, failure?: Failure) => void;
}

/** Sends to the verifier that the settings name, from the moment that this device is enrolled there. */
export function createSyncService(parts: SyncParts): SyncService {
  const { installation, clock, appVersion, log } = parts;
  const { settings, identity, audit, checks } = installation;
  const confirmedListeners: ((certifyId: string) => void)[] = [];
  const decidedListeners: ((certifyId: string, outcome: CheckOutcome) => void)[] = [];
  const kv1 = createEnrolledClient(installation, clock);
  let policy: KeptPolicy | null = null;
  let service: OutboxService | null = null;
  let erasures: ErasureSender | null = null;
  let wasFailing = false;

  const seeds = createChallengeSeeds(clock, async (certifyId) => {
    const seed = await kv1.client()?.challengeSeed(certifyId);
    return seed?.ok ? seed.value : null;
  });

  const outbox: OutboxServiceParts['outbox'] = {
    ...installation.outbox,
    confirm: (countersignatures) => {
      const confirmed = installation.outbox.confirm(countersignatures);
      if (confirmed.ok) for (const { certifyId } of countersignatures) recordConfirmed(certifyId);
      return confirmed;
    },
  };

  /** A record with a question is only confirmed by its answer. */
  function recordConfirmed(certifyId: string): void {
    const asked = checks.find(certifyId);
    if (asked.ok && asked.value === null) for (const listener of confirmedListeners) listener(certifyId);
  }

  /** What the verifier offers is asked for whenever it was reached, which costs nothing where it hasn't changed. */
  async function readPolicy(): Promise<void> {
    const read = await kv1.client()?.policy(policy);
    if (read?.ok) policy = read.value;
  }

  function changed(): void {
    const status = service?.status();
    const failed = status?.ok ? status.value.lastFailure : null;
    if (failed && !wasFailing) log('sync', failed);
    if (!failed && wasFailing) log('sync works again');
    if (!failed && (wasFailing || policy === null)) void readPolicy();
    wasFailing = Boolean(failed);
  }

  return {
    start: () => {
      const sessions = createSessionDelivery({ client: kv1.client });
      const direct = createDirectDelivery({
        verifier: () => verifierOf(parts.direct),
        journal: installation.attempts,
        clock,
        randomBytes,
      });
      service ??= createOutboxService({
        outbox,
        checks,
        materials: {
          ...installation.materials,
          expired: (nowMs) => (parts.mayErase?.() === false ? ok([]) : installation.materials.expired(nowMs)),
        },
        memory: installation.outboxMemory,
        delivery: kv1.client,
        decisions: { queue: installation.reviewDeliveries, receiver: kv1.client },
        checkDelivery: () => {
          // A vendor that is chosen and can't be asked is not replaced by another: the question waits and says why.
          if (parts.direct.isChosen()) return direct;
          return kv1.client() === null ? null : sessions;
        },
        attended: parts.attended,
        latestCheckpoint: () => audit.latestCheckpoint(),
        caps: () => DEFAULT_CAPS,
        clock,
        dayOf: localDayOf,
        startTimer,
        random: Math.random,
        onChange: changed,
        onDecided: (certifyId, outcome) => {
          for (const listener of decidedListeners) listener(certifyId, outcome);
        },
        log,
      });
      erasures ??= createErasureSender({
        queue: createSubjectErasureRows({ ...installation, sign: (text) => identity.sign(text) }),
        verifier: () => (isPaused(installation) ? null : kv1.client()),
        settled: () => service?.settled() ?? Promise.resolve(),
        clock,
        startTimer,
        random: Math.random,
        log,
      });
      erasures.wake();
      void readPolicy();
    },
    stop: async () => {
      await Promise.all([service?.stop(), erasures?.stop()]);
    },
    answers: () => parts.direct.isChosen() || kv1.client() !== null,
    client: kv1.client,
    kick: () => service?.recordQueued(),
    decisionQueued: () => service?.decisionQueued(),
    subjectErased: () => erasures?.wake(),
    syncNow: async () => {
      erasures?.wake();
      await service?.sendNow();
      await readPolicy();
    },
    ask: (certifyId) => {
      const asked = checks.find(certifyId);
      if (asked.ok && asked.value !== null) void service?.ask(certifyId, LIVE_WAIT_MS);
    },
    expect: (certifyId) => seeds.prefetch(certifyId),
    takeSeed: (certifyId) => seeds.take(certifyId),
    // A vendor that is asked directly takes no records: whether it is there shows with the next question.
    online: () => {
      if (service === null || !service.mayAnswerNow()) return false;
      return parts.direct.isChosen() || service.onlineWithin(ONLINE_WITHIN_MS);
    },
    onConfirmed: (listener) => void confirmedListeners.push(listener),
    onDecided: (listener) => void decidedListeners.push(listener),
    refusal: () => service?.refusal() ?? null,
    policy: () => policy?.policy ?? null,
    ...outboxControls(() => service),
    status: () => statusOf(installation, service),
    enrol: async (address, code, compared): Promise<Result<null, Failure>> => {
      const device = {
        publicKeyJwk: identity.publicKeyJwk,
        sign: (text: string) => identity.sign(text),
        model: DEVICE_MODEL,
        appVersion,
      };
      const enrolled = await enrolDevice(address, code, device, compared);
      if (!enrolled.ok) return enrolled;
      const { enrolment } = enrolled.value;
      const written = settings.write('verifier', { address: enrolled.value.address, enrolment });
      if (!written.ok) return written;
      policy = null;
      void service?.sendNow();
      erasures?.wake();
      return ok(null);
    },
  };
}

/** What can't be read is taken for paused: nothing leaves by mistake. */
function isPaused({ outboxMemory }: Installation): boolean {
  const paused = outboxMemory.paused();
  return !paused.ok || paused.value;
}

function verifierOf(direct: DirectVerifier): Verifier | null {
  const asked = direct.verifier();
  return asked.ok ? asked.value : null;
}

function outboxControls(service: () => OutboxService | null): Pick<SyncService, 'outbox' | 'setPaused' | 'resolve'> {
  const notStarted: Result<never, Failure> = {
    ok: false,
    error: { code: 'internal.bug', detail: 'the outbox has not been started' },
  };
  return {
    outbox: () => service()?.view() ?? notStarted,
    setPaused: (paused) => service()?.setPaused(paused, ADMINISTRATOR) ?? notStarted,
    resolve: async (item) => (await service()?.resolve(item, ADMINISTRATOR)) ?? notStarted,
  };
}

function statusOf(
  { settings, outbox }: Installation,
  service: OutboxService | null,
): ReturnType<SyncService['status']> {
  const verifier = settings.read('verifier');
  if (!verifier.ok) return verifier;
  const state = outbox.state();
  if (!state.ok) return state;
  const sending = service?.status();
  const { address, enrolment } = verifier.value;
  return ok({
    address,
    enrolled: enrolment !== null,
    deviceId: enrolment?.deviceId ?? null,
    serverKeyFingerprint: enrolment === null ? null : keyFingerprint(enrolment.serverKey),
    unsent: state.value.unsent,
    lastSyncAtMs: sending?.ok ? sending.value.lastSyncAtMs : null,
    lastFailure: sending?.ok ? sending.value.lastFailure : null,
  });
}
