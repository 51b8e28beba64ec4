import { expect, test, withInstallation } from './kiosk-fixture.ts';
import { verifyAudit } from '../../src/main/store/audit-verification.ts';
import { receiptFault } from '../../scripts/steps/receipt-check.ts';
import { startVerifier } from '../support/verifier-process.ts';

const LIVE_A = { person: 'a', presentation: 'live', card: 'a' } as const;
const BOTH = { capture: true, transmit: true } as const;

test('the right person passes, a replayed video and a borrowed card fail, and all of it is confirmed', async ({
  startKiosk,
  workFolder,
}) => {
  const verifier = await startVerifier(`${workFolder}/verifier`);
  const kiosk = await startKiosk({
    demo: true,
    provisioning: { verifier: { address: verifier.address, code: verifier.enrolmentCode } },
  });
  console.log(`running on ${kiosk.app.host}`);
  const { visitor } = kiosk;
  const certify = async (choice: Parameters<typeof visitor.choose>[0]) => {
    await visitor.waitFor(['attract'], 60_000);
    await visitor.choose(choice);
    await visitor.start();
    await visitor.consent(BOTH);
    const result = await visitor.result();
    await visitor.press('完成');
    return result;
  };

  expect(await certify(LIVE_A)).toEqual({ state: 'passed', reason: 'ok.matched' });
  const replayed = await certify({ ...LIVE_A, presentation: 'replay' });
  expect(replayed).toEqual({ state: 'failed', reason: expect.stringMatching(/^liveness\./) });
  const borrowed = await certify({ ...LIVE_A, card: 'b' });
  expect(borrowed).toEqual({ state: 'failed', reason: 'face.low-similarity' });

  await expect.poll(() => kiosk.records().filter((each) => each.countersignature === null).length).toBe(0);
  withInstallation(kiosk.dataFolder, (installation) => {
    const stored = installation.settings.read('verifier');
    const serverKey = stored.ok ? stored.value.enrolment!.serverKey : null;
    const records = kiosk.records();
    expect(records.map(({ record }) => record.verdict.state)).toEqual(['passed', 'failed', 'failed']);
    expect(records.map((each) => receiptFault(each, installation.identity.publicKey, serverKey!))).toEqual([
      null,
      null,
      null,
    ]);
    expect(records.every(({ record }) => record.simulated)).toBe(true);
    expect(installation.outbox.state()).toMatchObject({ ok: true, value: { unsent: 0 } });
    expect(verifyAudit(installation.database, installation.keys.audit, installation.identity.publicKey)).toMatchObject({
      ok: true,
      value: { ok: true },
    });
  });
  await verifier.stop();
});

test('a refusal of consent opens no camera and leads to another way', async ({ startKiosk }) => {
  const { visitor, records } = await startKiosk({ demo: true });
  await visitor.start();
  await visitor.waitFor(['consent']);
  await expect(visitor.page.getByRole('button', { name: '同意并继续' })).toBeDisabled();
  await visitor.press('用其他方式');
  await visitor.waitFor(['other-method']);
  const [detail] = records();
  expect(detail!.record).toMatchObject({
    verdict: { state: 'error', reason: 'user.refused-consent' },
    consent: null,
    subject: null,
    devices: { camera: null },
  });
});

test('cancel is there on every screen and leaves nothing on it', async ({ startKiosk }) => {
  const { visitor, records } = await startKiosk({ demo: true });
  await visitor.choose({ ...LIVE_A, card: null });
  await visitor.start();
  await visitor.consent({ capture: true, transmit: false });
  await visitor.waitFor(['card']);
  await visitor.press('取消');
  await visitor.waitFor(['attract']);

  await visitor.choose(LIVE_A);
  await visitor.start();
  await visitor.consent({ capture: true, transmit: false });
  await visitor.waitFor(['position']);
  await visitor.page.keyboard.press('Escape');
  await visitor.waitFor(['attract']);
  await expect(visitor.page.locator('body')).not.toContainText('范');
  expect(records().map(({ record }) => record.verdict.reason)).toEqual(['user.cancelled', 'user.cancelled']);
});

test('another way can be chosen while the card is awaited', async ({ startKiosk }) => {
  const { visitor, records } = await startKiosk({ demo: true, display: { width: 1366, height: 768 } });
  await visitor.choose({ ...LIVE_A, card: null });
  await visitor.start();
  await visitor.consent({ capture: true, transmit: false });
  await visitor.waitFor(['card']);
  await visitor.press('用其他方式');
  await visitor.waitFor(['other-method']);
  expect(records().map(({ record }) => record.verdict)).toMatchObject([
    { state: 'review', reason: 'user.other-method' },
  ]);
});
