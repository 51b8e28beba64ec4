import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { keyFingerprint } from '../settings/device-identity.ts';
import type { Enrolment } from '../settings/settings.ts';
import { createOutboxSender, type OutboxSender } from '../sync/outbox-sender.ts';
import type { Outbox as SendingOutbox } from '../sync/ports.ts';
import { enrolDevice } from '../verifiers/countersign/enrolment.ts';
import { createKv1Client, type Kv1Client } from '../verifiers/countersign/kv1-client.ts';
import { createChallengeSeeds } from './challenge-seeds.ts';
import type { Installation } from './installation.ts';
import type { SyncService } from './sync-port.ts';

/** A scene that may not decide offline asks for an exchange within this time. */
const ONLINE_WITHIN_MS = 10 * 60_000;
const DEVICE_MODEL = 'countersign-kiosk';

export interface SyncParts {
  readonly installation: Installation;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly log: (event: string, failure?: Failure) => void;
}

/** Sends records to the verifier that the settings name, from the moment that this device is enrolled there. */
export function createSyncService({ installation, clock, appVersion, log }: SyncParts): SyncService {
  const { settings, identity, audit, sequence } = installation;
  const listeners: ((certifyId: string) => void)[] = [];
  let client: { readonly of: string; readonly client: Kv1Client } | null = null;
  let sender: OutboxSender | null = null;
  let wasFailing = false;

  const enrolmentNow = (): { address: string; enrolment: Enrolment } | null => {
    const verifier = settings.read('verifier');
    if (!verifier.ok || verifier.value.address === null || verifier.value.enrolment === null) return null;
    return { address: verifier.value.address, enrolment: verifier.value.enrolment };
  };

  /** One client per enrolment: it remembers how far this clock is from the verifier's. */
  function clientNow(): Kv1Client | null {
    const enrolled = enrolmentNow();
    if (enrolled === null) return null;
    const { address, enrolment } = enrolled;
    const of = `${address} ${enrolment.keyId}`;
    if (client?.of !== of) {
      const made = createKv1Client({
        origin: address,
        keyId: enrolment.keyId,
        server: { keyId: enrolment.serverKeyId, jwk: enrolment.serverKey },
        sign: (text) => identity.sign(text),
        clock,
        randomBytes,
        nextSequence: () => sequence.next(),
      });
      client = { of, client: made };
    }
    return client.client;
  }

  const seeds = createChallengeSeeds(clock, async (certifyId) => {
    const seed = await clientNow()?.challengeSeed(certifyId);
    return seed?.ok ? seed.value : null;
  });

  const outbox: SendingOutbox = {
    ...installation.outbox,
    confirm: (countersignatures) => {
      const confirmed = installation.outbox.confirm(countersignatures);
      if (confirmed.ok) {
        for (const { certifyId } of countersignatures) for (const listener of listeners) listener(certifyId);
      }
      return confirmed;
    },
  };

  function logChange(): void {
    const status = sender?.status();
    const failed = status?.ok ? status.value.lastFailure : null;
    if (failed && !wasFailing) log('sync', failed);
    if (!failed && wasFailing) log('sync works again');
    wasFailing = Boolean(failed);
  }

  return {
    start: () => {
      sender ??= createOutboxSender({
        outbox,
        delivery: clientNow,
        latestCheckpoint: () => audit.latestCheckpoint(),
        clock,
        startTimer: (run, delayMs) => {
          const timer = setTimeout(run, delayMs);
          return () => clearTimeout(timer);
        },
        random: Math.random,
        onChange: logChange,
      });
    },
    stop: async () => {
      await sender?.stop();
    },
    kick: () => sender?.recordQueued(),
    syncNow: async () => {
      await sender?.kick();
    },
    expect: (certifyId) => seeds.prefetch(certifyId),
    takeSeed: (certifyId) => seeds.take(certifyId),
    online: () => sender?.onlineWithin(ONLINE_WITHIN_MS) ?? false,
    onConfirmed: (listener) => void listeners.push(listener),
    status: () => {
      const verifier = settings.read('verifier');
      if (!verifier.ok) return verifier;
      const state = installation.outbox.state();
      if (!state.ok) return state;
      const sending = sender?.status();
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
    },
    enrol: async (address, code): Promise<Result<null, Failure>> => {
      const enrolled = await enrolDevice(address, code, {
        publicKeyJwk: identity.publicKeyJwk,
        sign: (text) => identity.sign(text),
        model: DEVICE_MODEL,
        appVersion,
      });
      if (!enrolled.ok) return enrolled;
      const { enrolment } = enrolled.value;
      const written = settings.write('verifier', { address: enrolled.value.address, enrolment });
      if (!written.ok) return written;
      void sender?.kick();
      return ok(null);
    },
  };
}
