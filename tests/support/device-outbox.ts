import {
  createOutboxService,
  type OutboxService,
  type OutboxServiceParts,
} from '../../src/main/sync/outbox-service.ts';
import { DEFAULT_CAPS } from '../../src/main/sync/offline-caps.ts';
import { createSessionDelivery } from '../../src/main/verifiers/countersign/session-delivery.ts';
import { systemClock } from '../../src/shared/clock.ts';
import type { EnrolledDevice } from './enrolled-device.ts';
import { noiseJpeg } from './questioner.ts';
import { sampleCheck, sampleMaterials } from './sample-checks.ts';
import { sampleCertifyId, sampleRecord } from './sample-records.ts';
import { expectOk } from './sample-store.ts';

const FACE_BYTES = 20_000;
const KEPT_MS = 72 * 3_600_000;

/** The outbox of an enrolled device, wired as the application does it, with short waits after failures. */
export function deviceOutbox(device: EnrolledDevice, changes: Partial<OutboxServiceParts> = {}): OutboxService {
  const { store, client } = device;
  const sessions = createSessionDelivery({ client: () => client, waitSeconds: 1 });
  return createOutboxService({
    outbox: store.outbox,
    checks: store.checks,
    materials: store.materials,
    memory: store.memory,
    delivery: () => client,
    checkDelivery: () => sessions,
    latestCheckpoint: () => store.audit.latestCheckpoint(),
    caps: () => DEFAULT_CAPS,
    clock: systemClock,
    dayOf: (atMs) => new Date(atMs).toISOString().slice(0, 10),
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    random: () => 0.001,
    ...changes,
  });
}

/** Commits a record with a question and its materials, as the application does. */
export async function commitQuestion(
  { store }: EnrolledDevice,
  number: number,
  faceBytes = FACE_BYTES,
): Promise<string> {
  const certifyId = sampleCertifyId(number);
  const face = { bytes: new Uint8Array(noiseJpeg(faceBytes)), format: 'jpeg' as const, width: 480, height: 640 };
  const materials = { ...sampleMaterials(), face };
  const bytes = expectOk(await store.materials.keep(certifyId, materials, Date.now() + KEPT_MS));
  expectOk(store.records.commit(sampleRecord(number), { check: sampleCheck(number, { bytes }) }));
  return certifyId;
}

/** How many questions and records are not finished. */
export function unfinished({ store }: EnrolledDevice): { readonly records: number; readonly questions: number } {
  const [records, questions] = [expectOk(store.outbox.load()), expectOk(store.checks.load())];
  const all = (load: typeof records): number => load.waiting + load.stopped + load.unknown;
  return { records: all(records), questions: all(questions) };
}
