import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../../src/shared/clock.ts';
import type { Enrolment } from '../../src/main/settings/settings.ts';
import { createRequestSequence } from '../../src/main/store/request-sequence.ts';
import { createOutboxSender, type OutboxSender, type OutboxSenderParts } from '../../src/main/sync/outbox-sender.ts';
import { enrolDevice } from '../../src/main/verifiers/countersign/enrolment.ts';
import {
  createKv1Client,
  type Kv1Client,
  type Kv1ClientParts,
} from '../../src/main/verifiers/countersign/kv1-client.ts';
import { expectOk, openSampleStore, type SampleStore } from './sample-store.ts';

export interface EnrolledDevice {
  readonly store: SampleStore;
  readonly client: Kv1Client;
  readonly clientParts: Kv1ClientParts;
}

/** A device with a store in `folder`, enrolled at a running verifier; `origin` is where it sends to afterwards. */
export async function enrolSampleDevice(
  folder: string,
  verifier: { readonly address: string; readonly enrolmentCode: string },
  options: { readonly clock?: Clock; readonly origin?: string; readonly timeoutMs?: number } = {},
): Promise<EnrolledDevice> {
  const clock = options.clock ?? systemClock;
  let enrolment: Enrolment | null = null;
  const store = openSampleStore(folder, { clock, enrolment: () => enrolment });
  const { identity } = store;
  const enrolled = await enrolDevice(verifier.address, verifier.enrolmentCode, {
    publicKeyJwk: identity.publicKeyJwk,
    sign: (text) => identity.sign(text),
    model: 'test',
    appVersion: '0.1.0',
  });
  enrolment = expectOk(enrolled).enrolment;
  const sequence = createRequestSequence(store.database, clock);
  const clientParts: Kv1ClientParts = {
    origin: options.origin ?? verifier.address,
    keyId: enrolment.keyId,
    server: { keyId: enrolment.serverKeyId, jwk: enrolment.serverKey },
    sign: (text) => identity.sign(text),
    clock,
    randomBytes,
    nextSequence: () => sequence.next(),
    timeoutMs: options.timeoutMs ?? 5_000,
  };
  return { store, client: createKv1Client(clientParts), clientParts };
}

/** A sender that only runs when kicked: its timers never fire. */
export function manualSender(device: EnrolledDevice, changes: Partial<OutboxSenderParts> = {}): OutboxSender {
  return createOutboxSender({
    outbox: device.store.outbox,
    delivery: () => device.client,
    latestCheckpoint: () => device.store.audit.latestCheckpoint(),
    clock: systemClock,
    startTimer: () => () => undefined,
    random: () => 0.5,
    ...changes,
  });
}
