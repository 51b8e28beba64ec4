import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeVendor, ScriptedAnswer } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import type { OutboxService } from '../../../src/main/sync/outbox-service.ts';
import { SESSION_LIMITS, SESSION_PATHS } from '../../../src/shared/protocol/kv1-sessions.ts';
import { commitQuestion, deviceOutbox } from '../../support/device-outbox.ts';
import { enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { FAKE_ACCOUNT, startQuestionServer } from '../../support/question-server.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import type { SessionVerifier } from '../../support/session-verifier.ts';
import { startTamperingProxy, type TamperingProxy } from '../../support/tampering-proxy.ts';

const OPERATION = 'ImageRecognitionV2';
const HOUR_MS = 3_600_000;
const [kiosk, cloud] = [temporaryFolder(), temporaryFolder()];

/** Real time, and what a test adds to it; the same for the kiosk and the verifier. */
let addedMs = 0;
const clock = {
  wallMs: (): number => Date.now() + addedMs,
  monotonicMs: (): number => performance.now() + addedMs,
};

let vendor: FakeVendor;
let verifier: SessionVerifier;
let proxy: TamperingProxy;
let device: EnrolledDevice;
let service: OutboxService;

beforeAll(async () => {
  vendor = await startFakeVendor('tencent', { account: FAKE_ACCOUNT });
  const endpoints = { faceid: vendor.address, iai: vendor.address, ocr: vendor.address };
  verifier = await startQuestionServer({
    folder: cloud.path,
    database: null,
    adapters: { checks: { 'face-authority': ['tencent'] }, tencent: { region: 'ap-guangzhou', endpoints } },
    leaseMs: 60_000,
    clock,
    // Twice, then the error is told.
    bounds: { maxAttempts: 2, baseMs: 1, capMs: 2, totalMs: 60_000 },
  });
  proxy = await startTamperingProxy(verifier.address);
  const enrolment = { address: verifier.address, enrolmentCode: await verifier.enrolmentCode() };
  device = await enrolSampleDevice(kiosk.path, enrolment, { clock, origin: proxy.address });
  service = deviceOutbox(device, {
    clock,
    // Waits are told by the clock; the lane looks at it often.
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, Math.min(delayMs, 20));
      return () => clearTimeout(timer);
    },
  });
});
afterAll(async () => {
  await service.stop();
  device.store.database.close();
  await proxy.close();
  await verifier.close();
  await vendor.close();
  kiosk.remove();
  cloud.remove();
});

const stateOf = (certifyId: string): string | undefined => expectOk(device.store.checks.find(certifyId))?.state;
const keptOf = (certifyId: string) => expectOk(device.store.checks.find(certifyId));

async function until(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !done(); turn += 1) await sleep(10);
  expect(done()).toBe(true);
}

/** What the vendor was asked and billed since `from`. */
function askedSince(from: number): readonly [asked: number, billed: number] {
  const calls = vendor.received.slice(from).filter(({ operation }) => operation === OPERATION);
  return [calls.length, calls.filter(({ billed }) => billed).length];
}

async function attemptsOf(certifyId: string): Promise<unknown[]> {
  return verifier.database.queries
    .selectFrom('attempts')
    .select(['number', 'settled_reason as reason'])
    .where('certify_id', '=', certifyId)
    .orderBy('number')
    .execute();
}

function decisionsOf(certifyId: string): unknown {
  const { decisions } = expectOk(device.store.queries.show(certifyId)).verification ?? { decisions: [] };
  return decisions.map(({ decision, outcome }) => [decision?.body.revision, outcome.state]);
}

describe('a question that was answered with an error that may pass', () => {
  const throttled: ScriptedAnswer = { code: 'RequestLimitExceeded', form: 'error' };
  const system: ScriptedAnswer = { code: 'FailedOperation.UnKnown', form: 'error' };
  const daily: ScriptedAnswer = { code: 'FailedOperation.IdentityAuthLimitExceeded', form: 'error' };

  it.each([
    { what: 'service', number: 1, errors: [system, system], reason: 'source.unavailable', waitMs: 10_000 },
    { what: 'throttle', number: 2, errors: [throttled, throttled], reason: 'verifier.throttled', waitMs: 10_000 },
    { what: 'tomorrow', number: 3, errors: [daily], reason: 'quota.daily', waitMs: 24 * HOUR_MS },
  ])('comes again by itself: $what', async ({ number, errors, reason, waitMs }) => {
    const from = vendor.received.length;
    vendor.script(OPERATION, [...errors, { code: 'Success' }]);
    const certifyId = await commitQuestion(device, number);
    await service.ask(certifyId, 1_000);
    await until(() => keptOf(certifyId)?.outcome?.reason === reason);
    // Whatever looks again in between asks nobody.
    if (reason === 'quota.daily') {
      await service.sendNow();
      await sleep(100);
      expect(askedSince(from)).toEqual([errors.length, 0]);
    }
    addedMs += waitMs;
    await until(() => stateOf(certifyId) === 'erased');
    expect(askedSince(from)).toEqual([errors.length + 1, 1]);
    expect(await attemptsOf(certifyId)).toEqual([
      ...errors.map((_error, index) => ({ number: index + 1, reason })),
      { number: errors.length + 1, reason: 'ok.confirmed' },
    ]);
    expect(decisionsOf(certifyId)).toEqual([[2, 'passed']]);
    expect(verifier.failures).toEqual([]);
  });
});

describe('a question whose upload is cut by an outage', () => {
  it('is carried on two hours later, where it was', async () => {
    const from = vendor.received.length;
    vendor.script(OPERATION, []);
    const bytes = 2 * SESSION_LIMITS.pieceBytes + 1_000;
    proxy.seen.length = 0;
    // The line goes dead after the first piece.
    proxy.tampering = {
      changeAnswer: (answer) => {
        if (proxy.seen.some(({ method }) => method === 'PATCH')) proxy.tampering = { changeAnswer: () => null };
        return answer;
      },
    };
    const certifyId = await commitQuestion(device, 10, bytes);
    await service.ask(certifyId, 300);
    await until(() => (keptOf(certifyId)?.attempts ?? 0) > 0);
    expect(stateOf(certifyId)).toBe('uploading');
    addedMs += 2 * HOUR_MS;
    proxy.tampering = {};
    await until(() => stateOf(certifyId) === 'erased');
    expect(askedSince(from)).toEqual([1, 1]);
    expect(decisionsOf(certifyId)).toEqual([[1, 'passed']]);
    // It was opened anew, and what had arrived was not sent again.
    expect(proxy.seen.filter(({ path }) => path === SESSION_PATHS.sessions)).toHaveLength(2);
    expect(proxy.seen.filter(({ path }) => path.endsWith('?offset=0'))).toHaveLength(1);
  });
});
