import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SCENE, type Scene } from '../../src/shared/domain/scene.ts';
import { startFakeVendor } from '../../src/fake-vendor/start.ts';
import type { FakeVendor } from '../../src/fake-vendor/contract.ts';
import { startVerifier, type VerifierProcess } from '../support/verifier-process.ts';
import { signInFirst } from './admin-sign-in.ts';
import { expect, test as base, withInstallation, type Kiosk } from './kiosk-fixture.ts';

const LIVE_A = { person: 'a', presentation: 'live', card: 'a' } as const;
const BOTH = { capture: true, transmit: true } as const;
const ACCOUNT = { accessKeyId: 'test-access-key', secretAccessKey: 'test-secret-key' } as const;

/** Silent, because the light isn't what these tests are about. */
const SCENE: Scene = {
  ...DEFAULT_SCENE,
  confirmation: 'face-authority',
  liveness: { mode: 'silent', fallback: [], actions: 2 },
};

interface Cloud {
  readonly vendor: FakeVendor;
  /** Our verifier with Aliyun's stand-in behind it. */
  startVerifier(port?: number): Promise<VerifierProcess>;
}

const test = base.extend<{ cloud: Cloud }>({
  cloud: async ({ workFolder }, use) => {
    const vendor = await startFakeVendor('aliyun', { account: ACCOUNT });
    const adapters = join(workFolder, 'adapters.json');
    writeFileSync(
      adapters,
      JSON.stringify({
        checks: { 'face-authority': ['aliyun'] },
        aliyun: { endpoint: vendor.address, scenes: { ID_MIN: 1_000_001 } },
      }),
    );
    const environment = {
      COUNTERSIGN_ALIYUN_ACCESS_KEY_ID: ACCOUNT.accessKeyId,
      COUNTERSIGN_ALIYUN_ACCESS_KEY_SECRET: ACCOUNT.secretAccessKey,
    };
    const started: VerifierProcess[] = [];
    await use({
      vendor,
      startVerifier: async (port = 0) => {
        const verifier = await startVerifier(join(workFolder, 'verifier'), port, { adapters, environment });
        started.push(verifier);
        return verifier;
      },
    });
    for (const verifier of started) await verifier.stop();
    await vendor.close();
  },
});

async function certify({ visitor }: Kiosk): Promise<{ state: string; reason: string }> {
  await visitor.waitFor(['attract'], 60_000);
  await visitor.choose(LIVE_A);
  await visitor.start();
  await visitor.consent(BOTH);
  return visitor.result();
}

/** What the vendor would bill for. */
function billed(vendor: FakeVendor): readonly string[] {
  return vendor.received.filter((call) => call.billed).map(({ operation, signature }) => `${operation} ${signature}`);
}

function checkOf(kiosk: Kiosk, index: number) {
  return kiosk.records()[index]?.verification ?? null;
}

test('the authority confirms a pass: one billed call, a signed decision, the materials destroyed', async ({
  startKiosk,
  cloud,
}) => {
  const { vendor } = cloud;
  const verifier = await cloud.startVerifier();
  const kiosk = await startKiosk({
    demo: true,
    provisioning: { scene: SCENE, verifier: { address: verifier.address, code: verifier.enrolmentCode } },
  });
  expect(await certify(kiosk)).toEqual({ state: 'passed', reason: 'ok.matched' });

  await expect.poll(() => checkOf(kiosk, 0)?.check.state, { timeout: 30_000 }).toBe('erased');
  expect(checkOf(kiosk, 0)).toMatchObject({
    needsReview: false,
    decisions: [
      {
        effect: 'confirms',
        outcome: { state: 'passed', basis: 'authority', vendor: { name: 'aliyun', operation: 'ContrastFaceVerify' } },
        decision: { body: { revision: 1 } },
      },
    ],
  });
  expect(billed(vendor)).toEqual(['ContrastFaceVerify accepted']);
  const [call] = vendor.received.filter(({ operation }) => operation === 'ContrastFaceVerify');
  expect(call?.url).not.toMatch(/\d{17}/);
  const picture = Buffer.from(String(call?.parameters['FaceContrastPicture']), 'base64');
  expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  withInstallation(kiosk.dataFolder, ({ materials }) => {
    expect(materials.expired(Number.MAX_SAFE_INTEGER)).toEqual({ ok: true, value: [] });
  });
});

test('during an outage the question waits with its record, and is asked once when the verifier is back', async ({
  startKiosk,
  cloud,
}) => {
  test.setTimeout(180_000);
  const { vendor } = cloud;
  const first = await cloud.startVerifier();
  const kiosk = await startKiosk({
    demo: true,
    provisioning: { scene: SCENE, verifier: { address: first.address, code: first.enrolmentCode } },
  });
  await kiosk.visitor.waitFor(['attract'], 60_000);
  await first.stop();

  expect(await certify(kiosk)).toEqual({ state: 'passed', reason: 'ok.matched' });
  await expect(kiosk.visitor.page.locator('body')).toContainText('联网后自动确认');

  const admin = await kiosk.adminPage();
  await signInFirst(admin);
  await admin.evaluate(`location.hash = 'outbox'`);
  await expect(admin.locator('.outbox-items tbody tr')).toHaveCount(2);
  await admin.screenshot({ path: 'test-output/outbox-outage.png', fullPage: true });

  await cloud.startVerifier(first.port);
  await admin.getByRole('button', { name: '立即发送' }).click();
  await expect(admin.getByText('没有待发送的内容。')).toBeVisible({ timeout: 75_000 });
  await admin.screenshot({ path: 'test-output/outbox-recovered.png', fullPage: true });
  expect(checkOf(kiosk, 0)?.decisions.map(({ effect }) => effect)).toEqual(['confirms']);
  expect(billed(vendor)).toEqual(['ContrastFaceVerify accepted']);
});

test('an authority that does not agree sends the case to review, and the signed record stays as it was', async ({
  startKiosk,
  cloud,
}) => {
  const { vendor } = cloud;
  vendor.script('ContrastFaceVerify', [{ code: '204' }]);
  const verifier = await cloud.startVerifier();
  const kiosk = await startKiosk({
    demo: true,
    provisioning: { scene: SCENE, verifier: { address: verifier.address, code: verifier.enrolmentCode } },
  });
  await certify(kiosk);
  await expect.poll(() => checkOf(kiosk, 0)?.needsReview ?? false, { timeout: 30_000 }).toBe(true);
  expect(kiosk.records()[0]?.record.verdict).toMatchObject({ state: 'passed', reason: 'ok.matched' });
  expect(checkOf(kiosk, 0)?.decisions).toMatchObject([
    {
      effect: 'contradicts',
      outcome: { state: 'failed', reason: 'face.low-similarity', vendor: { code: 'SubCode 204' } },
    },
  ]);
});
