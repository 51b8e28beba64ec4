import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCard } from '../../src/main/card-reader/simulator/card-file.ts';
import { parseFault } from '../../src/main/card-reader/simulator/fault.ts';
import { serveTcp } from '../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../src/main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../../src/main/card-reader/timing.ts';
import { openInstallation } from '../../src/main/composition/installation.ts';
import { DATABASE_FILE_NAME } from '../../src/main/store/database.ts';
import { KEY_FILE_NAME, keyFile } from '../../src/main/store/key-file.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { demoFolder, modelsFolder } from '../../scripts/steps/paths.ts';
import { startVerifier } from '../support/verifier-process.ts';
import { expect, test } from './kiosk-fixture.ts';

const BOTH = { capture: true, transmit: true } as const;

/** A reader of the test's own behind TCP, at the pace of a serial line, so that its card can be pulled mid-read. */
async function startReader() {
  const reader = new SimulatedReader(systemTiming);
  const served = await serveTcp(reader, 0, { timing: systemTiming, baud: 115_200 });
  if (!served.ok) throw new Error(served.error.code);
  const card = await loadCard(join(demoFolder, 'card-a.json'));
  if (!card.ok) throw new Error(card.error.detail);
  const transport = { kind: 'tcp', host: '127.0.0.1', port: Number(served.value.address) } as const;
  return { reader, served: served.value, card: card.value, transport, stop: () => served.value.stop() };
}

test('a card pulled in the middle of a read is asked for again, and reads the next time', async ({ startKiosk }) => {
  const { reader, card, transport, stop } = await startReader();
  const { visitor } = await startKiosk({ demo: true, provisioning: { reader: transport } });
  await visitor.choose({ person: 'a', presentation: 'live', card: null });
  await visitor.start();
  await visitor.consent(BOTH);
  await visitor.waitFor(['card']);
  const pulled = parseFault('pull-mid-frame@700');
  if (!pulled.ok) throw new Error(pulled.error.detail);
  reader.insertCard(card);
  reader.setFault(pulled.value);
  await expect(visitor.page.getByRole('heading', { name: '请再放一次，先别拿走' })).toBeVisible();
  reader.insertCard(card);
  await visitor.waitFor(['position']);
  await visitor.press('取消');
  await stop();
});

test('a kiosk whose reader was unplugged says so to nobody in particular, and is back with it', async ({
  startKiosk,
}) => {
  const { served, transport, stop } = await startReader();
  const { visitor } = await startKiosk({ demo: true, provisioning: { reader: transport } });
  await visitor.waitFor(['attract'], 60_000);
  await served.unplug();
  await visitor.waitFor(['maintenance'], 30_000);
  await expect(visitor.page.getByText('reader.missing')).toBeVisible();
  expect(await served.plug()).toMatchObject({ ok: true });
  await visitor.waitFor(['attract'], 30_000);
  await stop();
});

test('a missing camera is named when the reader works', async ({ startKiosk }) => {
  const { transport, stop } = await startReader();
  const { visitor } = await startKiosk({ demo: false, provisioning: { reader: transport } });
  await visitor.start();
  await visitor.consent(BOTH);
  expect(await visitor.result()).toEqual({ state: 'error', reason: 'camera.missing' });
  await expect(visitor.page.getByRole('main').getByText('没有找到摄像头')).toBeVisible();
  await stop();
});

test('with the verifier down a certification completes, stays provisional, and is confirmed later', async ({
  startKiosk,
  workFolder,
}) => {
  const folder = join(workFolder, 'verifier');
  const verifier = await startVerifier(folder);
  const kiosk = await startKiosk({
    demo: true,
    provisioning: { verifier: { address: verifier.address, code: verifier.enrolmentCode } },
  });
  const { visitor } = kiosk;
  await visitor.waitFor(['attract']);
  await expect.poll(() => kiosk.log.some((line) => line.includes('reader ready'))).toBe(true);
  await verifier.stop();

  await visitor.choose({ person: 'a', presentation: 'live', card: 'a' });
  await visitor.start();
  await visitor.consent(BOTH);
  expect(await visitor.result()).toEqual({ state: 'passed', reason: 'ok.matched' });
  await expect(visitor.page.getByText('联网后自动确认')).toBeVisible();
  expect(kiosk.records()[0]!).toMatchObject({ record: { verdict: { provisional: true } }, countersignature: null });

  const again = await startVerifier(folder, verifier.port);
  await expect.poll(() => kiosk.records()[0]!.countersignature !== null, { timeout: 60_000 }).toBe(true);
  await again.stop();
});

test('a model that differs from the manifest stops the kiosk before anybody is captured', async ({
  startKiosk,
  workFolder,
}) => {
  const folder = join(workFolder, 'models');
  cpSync(modelsFolder, folder, { recursive: true });
  const model = join(folder, 'fr_feature.onnx');
  const bytes = readFileSync(model);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(model, bytes);
  const { visitor, records } = await startKiosk({ demo: true, args: [`--models-folder=${folder}`] });
  await visitor.waitFor(['maintenance'], 60_000);
  await expect(visitor.page.locator('[data-screen="maintenance"]')).toHaveAttribute(
    'data-reason',
    'inference.model-refused',
  );
  expect(records()).toEqual([]);
});

test('a database with another key is left alone, and the kiosk says that it needs maintenance', async ({
  startKiosk,
  workFolder,
}) => {
  const dataFolder = join(workFolder, 'kiosk-0');
  const first = openInstallation(dataFolder, keyFile(join(dataFolder, KEY_FILE_NAME), randomBytes), systemClock);
  if (!first.ok) throw new Error(first.error.code);
  first.value.close();
  const database = readFileSync(join(dataFolder, DATABASE_FILE_NAME));
  writeFileSync(join(dataFolder, KEY_FILE_NAME), randomBytes(32));
  const { visitor } = await startKiosk({ demo: true });
  await visitor.waitFor(['maintenance'], 60_000);
  await expect(visitor.page.locator('[data-screen="maintenance"]')).toHaveAttribute('data-reason', 'store.wrong-key');
  expect(readFileSync(join(dataFolder, DATABASE_FILE_NAME)).equals(database)).toBe(true);
});
