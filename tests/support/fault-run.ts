import { setTimeout as sleep } from 'node:timers/promises';
import { orderChecks } from '../../src/verifier/adapters/ordered-checks.ts';
import { verifyAudit } from '../../src/main/store/audit-verification.ts';
import { commitQuestion, deviceOutbox, unfinished } from './device-outbox.ts';
import { enrolSampleDevice } from './enrolled-device.ts';
import { startLossyProxy, type LossyProxy } from './lossy-proxy.ts';
import { sampleRecord } from './sample-records.ts';
import { expectOk, temporaryFolder } from './sample-store.ts';
import { scriptedVerifier } from './scripted-verifier.ts';
import { startSessionVerifier } from './session-verifier.ts';

export interface FaultRun {
  readonly records: number;
  readonly questions: number;
  /** Share of answers lost, requests doubled and answers overtaken, each. */
  readonly share: number;
  readonly random: () => number;
}

export interface FaultCounts {
  readonly line: LossyProxy['counts'];
  /** What the verifier has in the end. */
  readonly server: { readonly records: number; readonly sessions: number; readonly decisions: number };
  /** Calls to the vendor behind it that may be billed, and the most for one order. */
  readonly billed: { readonly calls: number; readonly mostForOne: number };
  readonly left: { readonly records: number; readonly questions: number };
  readonly erased: number;
  readonly auditHolds: boolean;
  readonly seconds: number;
}

/** A device with records and questions to send, the verifier, and a bad line between them, over real HTTP. */
export async function runFaults({ records, questions, share, random }: FaultRun): Promise<FaultCounts> {
  const [kiosk, cloud] = [temporaryFolder(), temporaryFolder()];
  const vendor = scriptedVerifier();
  const checks = orderChecks([vendor], { 'face-authority': ['tencent'] });
  const verifier = await startSessionVerifier({ folder: cloud.path, checks });
  const proxy = await startLossyProxy(verifier.address, { random, share, delayMs: 30 });
  const enrolling = { address: verifier.address, enrolmentCode: await verifier.enrolmentCode() };
  const device = await enrolSampleDevice(kiosk.path, enrolling, { origin: proxy.address });
  const start = performance.now();
  const service = deviceOutbox(device);
  try {
    for (let number = 1; number <= questions; number += 1) {
      void service.ask(await commitQuestion(device, number), 2_000);
    }
    for (let number = questions + 1; number <= questions + records; number += 1) {
      expectOk(device.store.records.commit(sampleRecord(number)));
    }
    for (let round = 0; round < 400; round += 1) {
      const { records: r, questions: q } = unfinished(device);
      if (r + q === 0) break;
      await service.sendNow();
      await sleep(5);
    }
    const seconds = (performance.now() - start) / 1_000;
    const { database, keys, identity } = device.store;
    const perOrder = new Map<string, number>();
    for (const { orderId } of vendor.asked) perOrder.set(orderId, (perOrder.get(orderId) ?? 0) + 1);
    return {
      line: { ...proxy.counts },
      server: await serverCounts(verifier),
      billed: { calls: vendor.asked.length, mostForOne: Math.max(0, ...perOrder.values()) },
      left: unfinished(device),
      erased: database.prepare<[], number>(`SELECT count(*) FROM checks WHERE state = 'erased'`).pluck().get() ?? 0,
      auditHolds: expectOk(verifyAudit(database, keys.audit, identity.publicKey)).ok,
      seconds,
    };
  } finally {
    proxy.heal();
    await service.stop();
    await proxy.close();
    await verifier.close();
    device.store.database.close();
    kiosk.remove();
    cloud.remove();
  }
}

async function serverCounts({ database: { queries } }: Awaited<ReturnType<typeof startSessionVerifier>>) {
  const rows = async (table: 'submissions' | 'sessions' | 'decisions'): Promise<number> => {
    const [row] = await queries
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('rows'))
      .execute();
    return Number(row?.rows ?? 0);
  };
  return { records: await rows('submissions'), sessions: await rows('sessions'), decisions: await rows('decisions') };
}

/** Numbers that look random and are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
