import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startFakeVendor } from '../../src/fake-vendor/start.ts';
import type { FakeVendor } from '../../src/fake-vendor/contract.ts';
import { DEFAULT_SCENE, type Scene } from '../../src/shared/domain/scene.ts';
import { startVerifier, type VerifierProcess } from '../support/verifier-process.ts';
import { signInFirst } from './admin-sign-in.ts';
import { expect, test as base, withInstallation, type Kiosk } from './kiosk-fixture.ts';

const ACCOUNT = { accessKeyId: 'test-access-key', secretAccessKey: 'test-secret-key' } as const;
const LIVE_A = { person: 'a', presentation: 'live', card: 'a' } as const;
/** Synthetic: the region, the birthday and the check digit fit, and nobody has it. */
const NAMED = { name: '样例人', number: '110105199001010029' } as const;

/** Silent, because the light isn't what these tests are about. */
const SILENT = { mode: 'silent', fallback: [], actions: 2 } as const;

const test = base.extend<{ vendor: FakeVendor; verifier: VerifierProcess }>({
  vendor: async ({}, use) => {
    const vendor = await startFakeVendor('aliyun', { account: ACCOUNT });
    await use(vendor);
    await vendor.close();
  },
  verifier: async ({ workFolder, vendor }, use) => {
    const adapters = join(workFolder, 'adapters.json');
    const checks = { 'face-authority': ['aliyun'], phone: ['aliyun'] };
    const aliyun = { endpoint: vendor.address, scenes: { ID_MIN: 1_000_001 } };
    writeFileSync(adapters, JSON.stringify({ checks, aliyun }));
    const environment = {
      COUNTERSIGN_ALIYUN_ACCESS_KEY_ID: ACCOUNT.accessKeyId,
      COUNTERSIGN_ALIYUN_ACCESS_KEY_SECRET: ACCOUNT.secretAccessKey,
    };
    const verifier = await startVerifier(join(workFolder, 'verifier'), 0, { adapters, environment });
    await use(verifier);
    await verifier.stop();
  },
});

async function signIn(kiosk: Kiosk): Promise<Page> {
  const admin = await kiosk.adminPage();
  await signInFirst(admin);
  return admin;
}

/** By the bridge that the pages use. */
async function ask<T>(page: Page, channel: string, request: unknown): Promise<T> {
  const answer = await page.evaluate(
    ([name, sent]) =>
      (
        globalThis as unknown as { countersign: { invoke(channel: unknown, request: unknown): Promise<unknown> } }
      ).countersign.invoke(name, sent),
    [channel, request] as const,
  );
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: T }).value;
}

async function certify({ visitor }: Kiosk): Promise<{ state: string; reason: string }> {
  await visitor.choose(LIVE_A);
  await visitor.start();
  await visitor.consent({ capture: true, transmit: true });
  return visitor.result();
}

test('somebody whom the staff has called is verified against the authority, and the screen waits for its word', async ({
  startKiosk,
  verifier,
  vendor,
}) => {
  const scene: Scene = { ...DEFAULT_SCENE, scheme: 'RPBioOnly', liveness: SILENT };
  const kiosk = await startKiosk({
    demo: true,
    provisioning: { scene, verifier: { address: verifier.address, code: verifier.enrolmentCode } },
  });
  await kiosk.visitor.waitFor(['attract'], 60_000);
  const admin = await signIn(kiosk);
  vendor.script('ContrastFaceVerify', [{ code: '200', delayMs: 1_500 }]);
  const made = await ask<{ request: { requestId: string } }>(admin, 'admin:make-request', {
    sceneId: scene.id,
    orderId: 'order-1',
    inputs: NAMED,
  });
  await ask(admin, 'admin:call-request', { requestId: made.request.requestId });
  await kiosk.visitor.page.bringToFront();
  await expect(kiosk.visitor.page.locator('body')).toContainText('order-1');
  await kiosk.visitor.choose(LIVE_A);
  await kiosk.visitor.start();
  await kiosk.visitor.consent({ capture: true, transmit: true });
  await kiosk.visitor.waitFor(['awaiting'], 60_000);
  await kiosk.visitor.page.screenshot({ path: 'test-output/scheme-awaiting.png' });
  expect(await kiosk.visitor.result()).toEqual({ state: 'passed', reason: 'ok.confirmed' });
  await kiosk.visitor.page.screenshot({ path: 'test-output/scheme-confirmed.png' });

  const [row] = kiosk.records();
  expect(row?.record).toMatchObject({
    scheme: 'RPBioOnly',
    order: { orderId: 'order-1' },
    verdict: { state: 'review', reason: 'verification.pending' },
    document: { source: 'given' },
  });
  expect(row?.verification?.decisions.map(({ outcome }) => outcome.state)).toEqual(['passed']);
  const result = await ask<{ state: string; underReview: boolean }>(admin, 'admin:request-result', {
    certifyId: row?.record.certifyId,
  });
  expect(result).toMatchObject({ state: 'passed', reason: 'ok.confirmed', basis: 'authority', underReview: false });
});

test('whoever has no face for the camera is checked by phone number, within the same certification', async ({
  startKiosk,
  verifier,
}) => {
  const scene: Scene = { ...DEFAULT_SCENE, fallbacks: ['phone-check'], liveness: SILENT };
  const kiosk = await startKiosk({
    demo: true,
    provisioning: { scene, verifier: { address: verifier.address, code: verifier.enrolmentCode } },
  });
  const { visitor } = kiosk;
  await visitor.waitFor(['attract'], 60_000);
  // The verifier counts as reachable from the first exchange on.
  await ask(await signIn(kiosk), 'admin:sync-now', null);
  await visitor.page.bringToFront();
  await visitor.choose({ ...LIVE_A, card: null });
  await visitor.start();
  await visitor.waitFor(['consent']);
  await visitor.page.screenshot({ path: 'test-output/scheme-notice.png' });
  await visitor.consent({ capture: true, transmit: true });
  await visitor.waitFor(['card']);
  await visitor.press('其他方式');
  await visitor.waitFor(['methods']);
  await visitor.page.screenshot({ path: 'test-output/scheme-methods.png' });
  await visitor.choose(LIVE_A);
  await visitor.press('手机号');
  await visitor.waitFor(['element-entry'], 60_000);
  await visitor.page.keyboard.type('13800138000');
  await visitor.page.screenshot({ path: 'test-output/scheme-phone.png' });
  await visitor.page.keyboard.press('Enter');
  expect(await visitor.result()).toEqual({ state: 'passed', reason: 'ok.confirmed' });
  expect(kiosk.records()[0]?.record).toMatchObject({
    scheme: 'PhoneCheck',
    fallback: { from: 'CounterCard', method: 'phone-check' },
    liveness: null,
    comparison: null,
  });
});

test('consent is withdrawn at the kiosk: what is kept is shown, erased, and proven by a receipt', async ({
  startKiosk,
}) => {
  const scene: Scene = { ...DEFAULT_SCENE, liveness: SILENT, evidence: { keep: 'all', clip: false } };
  const kiosk = await startKiosk({ demo: true, provisioning: { scene } });
  const { visitor } = kiosk;
  expect(await certify(kiosk)).toEqual({ state: 'passed', reason: 'ok.matched' });
  const kept = (): number =>
    withInstallation(kiosk.dataFolder, ({ vault }) => {
      const rows = vault.rows();
      return rows.ok ? rows.value.length : -1;
    });
  await expect.poll(kept).toBeGreaterThan(0);

  await visitor.waitFor(['attract'], 60_000);
  await visitor.press('撤回同意');
  await visitor.waitFor(['withdrawal-review'], 30_000);
  await visitor.page.screenshot({ path: 'test-output/withdrawal-review.png' });
  await visitor.press('删除我的资料');
  await visitor.press('确定删除');
  await visitor.waitFor(['withdrawal-done'], 30_000);
  await visitor.page.screenshot({ path: 'test-output/withdrawal-done.png' });
  await expect(visitor.page.locator('body')).toContainText('删除凭证编号');
  expect(kept()).toBe(0);
  expect(kiosk.records()).toHaveLength(1);
});
