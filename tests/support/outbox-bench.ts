import {
  createOutboxService,
  type OutboxService,
  type OutboxServiceParts,
} from '../../src/main/sync/outbox-service.ts';
import type { Delivery, Materials } from '../../src/main/sync/ports.ts';
import { DEFAULT_CAPS } from '../../src/main/sync/offline-caps.ts';
import type { CheckDelivery } from '../../src/shared/protocol/check-delivery.ts';
import { ok } from '../../src/shared/result.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { sampleCheck, sampleMaterials } from './sample-checks.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from './sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from './sample-store.ts';

/** An outbox service over a real store, with time and timers that a test moves. */
export interface OutboxBench {
  readonly clock: ManualClock;
  readonly store: SampleStore;
  readonly service: OutboxService;
  /** Ids of materials that have not been destroyed. */
  readonly materials: () => readonly string[];
  /** Commits a record with a question and its materials; gives its id. */
  readonly queue: (number: number, live?: boolean) => string;
  /** Moves both clocks, running each timer at its time, until `ms` have passed. */
  readonly pass: (ms: number) => Promise<void>;
  /** Lets everything that is under way get as far as it can without time passing. */
  readonly settle: () => Promise<void>;
  /** Ends the service and starts another one on the same store. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Timer {
  readonly run: () => void;
  readonly atMs: number;
}

export interface BenchOptions {
  readonly checkDelivery: () => CheckDelivery | null;
  readonly delivery?: () => Delivery | null;
  readonly parts?: Partial<OutboxServiceParts>;
}

/** Materials in memory: every certification has the same. */
function memoryMaterials(): Materials & { readonly kept: Map<string, number> } {
  const kept = new Map<string, number>();
  return {
    kept,
    read: async (certifyId) => ok(kept.has(certifyId) ? sampleMaterials() : null),
    destroy: async (certifyId) => ok(kept.delete(certifyId)),
    expired: (nowMs) => ok([...kept].flatMap(([id, untilMs]) => (untilMs <= nowMs ? [id] : []))),
  };
}

const MATERIALS_KEPT_MS = 72 * 3_600_000;

export function openOutboxBench(options: BenchOptions): OutboxBench {
  const folder = temporaryFolder();
  const clock = manualClock(SAMPLE_START_MS);
  const store = openSampleStore(folder.path, { clock });
  store.database.pragma('synchronous=OFF');
  const timers = new Set<Timer>();
  const materials = memoryMaterials();
  const start = (): OutboxService =>
    createOutboxService({
      outbox: store.outbox,
      checks: store.checks,
      materials,
      memory: store.memory,
      delivery: options.delivery ?? (() => null),
      checkDelivery: options.checkDelivery,
      latestCheckpoint: () => store.audit.latestCheckpoint(),
      caps: () => DEFAULT_CAPS,
      clock,
      dayOf: (atMs) => new Date(atMs).toISOString().slice(0, 10),
      startTimer: (run, delayMs) => {
        const timer = { run, atMs: clock.monotonicMs() + Math.max(0, delayMs) };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
      random: () => 0.5,
      ...options.parts,
    });
  let service = start();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = async (ms: number): Promise<void> => {
    const endMs = clock.monotonicMs() + ms;
    for (;;) {
      const [next] = [...timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      timers.delete(next);
      clock.advance(Math.max(0, next.atMs - clock.monotonicMs()));
      next.run();
      await settle();
    }
    clock.advance(Math.max(0, endMs - clock.monotonicMs()));
  };
  return {
    clock,
    store,
    materials: () => [...materials.kept.keys()],
    get service() {
      return service;
    },
    queue: (number, live = false) => {
      const certifyId = sampleCertifyId(number);
      materials.kept.set(certifyId, clock.wallMs() + MATERIALS_KEPT_MS);
      expectOk(store.records.commit(sampleRecord(number), { check: sampleCheck(number) }));
      if (!live) expectOk(store.checks.stopWaiting(certifyId));
      return certifyId;
    },
    pass,
    settle,
    restart: async () => {
      await service.stop();
      timers.clear();
      service = start();
      await settle();
    },
    close: async () => {
      await service.stop();
      store.database.close();
      folder.remove();
    },
  };
}
