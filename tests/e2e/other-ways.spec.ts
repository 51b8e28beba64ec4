import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoFolder } from '../../scripts/steps/paths.ts';
import { DEFAULT_SCENE, type Scene } from '../../src/shared/domain/scene.ts';
import type { KioskVisitor } from '../support/kiosk-visitor.ts';
import { startVerifier } from '../support/verifier-process.ts';
import { expect, test } from './kiosk-fixture.ts';

const LIVE_A = { person: 'a', presentation: 'live', card: 'a' } as const;
const NO_CARD = { ...LIVE_A, card: null } as const;
/** A machine that is short of time plays more than one challenge. */
const LONG_MS = 120_000;
test.setTimeout(180_000);

const BOTH = { capture: true, transmit: true } as const;
const scene = (manualEntry: boolean, cardPhoto: boolean): Scene => ({
  ...DEFAULT_SCENE,
  identification: { manualEntry, cardPhoto },
});
/** A made-up person of Beijing whose check character is right. */
const NAME = '范例一';
const NUMBER = '110101198506151011';

async function typeNumber({ page }: KioskVisitor, number: string): Promise<void> {
  for (const key of number) await page.locator(`[data-key="${key}"]`).click();
}

/** Leaves the card of a demonstration as it is, but for its photo: a block that only a vendor's library decodes. */
function demoWithUndecodedCard(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(demoFolder)) copyFileSync(join(demoFolder, name), join(folder, name));
  const block = Buffer.alloc(1024, 0x5a);
  block.write('WL', 'latin1');
  for (const id of ['a', 'b']) {
    const file = join(folder, `card-${id}.json`);
    const card = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...card, portrait: { base64: block.toString('base64') } }));
  }
  return folder;
}

test('a typed identity with a living person ends with a clerk; a wrong number can not be sent', async ({
  startKiosk,
}) => {
  const { visitor, records, log } = await startKiosk({ demo: true, provisioning: { scene: scene(true, false) } });
  const { page } = visitor;
  await visitor.choose(NO_CARD);
  await visitor.start();
  await visitor.consent(BOTH);
  await visitor.waitFor(['card']);
  await visitor.press('手动输入');
  await visitor.waitFor(['identity-entry']);
  const goOn = page.getByRole('button', { name: '继续' });

  await typeNumber(visitor, `${NUMBER.slice(0, -1)}2`);
  await expect(page.locator('.entry-note')).toHaveText('号码有输错的地方，请逐位检查。');
  await expect(goOn).toBeDisabled();
  // What the page can't do, the main process refuses as well, naming the field.
  const refused = await page.evaluate(
    (request) =>
      (
        globalThis as unknown as { countersign: { invoke(c: string, r: unknown): Promise<unknown> } }
      ).countersign.invoke('kiosk:act', request),
    { type: 'submit-identity', name: NAME, number: `${NUMBER.slice(0, -1)}2` },
  );
  expect(refused).toEqual({ ok: false, error: { code: 'document.number-invalid', detail: 'check-digit' } });

  await page.locator('[data-key="delete"]').click();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-state="name"]')).toBeVisible();
  await expect(page.locator('main')).not.toContainText(NUMBER);
  await page.keyboard.type(NAME);
  await page.keyboard.press('Enter');
  expect(await visitor.result(LONG_MS)).toEqual({ state: 'review', reason: 'document.typed' });
  await expect(page.locator('main')).not.toContainText(NAME);
  const [detail] = records();
  expect(detail!.record).toMatchObject({
    verdict: { state: 'review', reason: 'document.typed', basis: 'local' },
    subject: { nameMasked: '范*一', numberMasked: '110***********1011' },
    document: { kind: 'resident', portrait: 'absent', source: 'typed' },
    liveness: { verdict: 'live' },
    comparison: null,
  });
  expect(log.filter((line) => line.includes(NUMBER) || line.includes(NAME))).toEqual([]);
});

test('a card whose portrait nothing decodes is photographed and compared, and still ends with a clerk', async ({
  startKiosk,
  workFolder,
}) => {
  const verifier = await startVerifier(join(workFolder, 'verifier'));
  const { visitor, records } = await startKiosk({
    demo: true,
    provisioning: {
      scene: scene(false, true),
      verifier: { address: verifier.address, code: verifier.enrolmentCode },
    },
    args: [`--demo-folder=${demoWithUndecodedCard(join(workFolder, 'demo'))}`],
  });
  await visitor.choose(LIVE_A);
  await visitor.start();
  await visitor.consent(BOTH);
  await visitor.waitFor(['card-photo']);
  await visitor.waitFor(['position'], 30_000);
  expect(await visitor.result(LONG_MS)).toEqual({ state: 'review', reason: 'document.printed-portrait' });
  const [detail] = records();
  expect(detail!.record).toMatchObject({
    verdict: { state: 'review', basis: 'card-photo' },
    document: { kind: 'resident', portrait: 'not-decoded', portraitSource: 'printed' },
    comparison: { kind: 'live-chip', outcome: 'match' },
  });
  await expect.poll(() => records()[0]!.countersignature).not.toBeNull();
  await verifier.stop();
});

test("a photo of the card can be skipped; then a clerk compares, and nothing is kept of the camera's view", async ({
  startKiosk,
}) => {
  const { visitor, records } = await startKiosk({
    demo: true,
    provisioning: { scene: scene(true, true) },
    display: { width: 1366, height: 768 },
  });
  await visitor.choose({ ...NO_CARD, presentation: 'replay' });
  await visitor.start();
  await visitor.consent({ capture: true, transmit: false });
  await visitor.waitFor(['card']);
  await visitor.press('手动输入');
  await visitor.waitFor(['identity-entry']);
  await visitor.page.keyboard.type(NUMBER);
  await visitor.press('继续');
  await visitor.page.getByRole('textbox', { name: '姓名' }).fill(NAME);
  await visitor.press('继续');
  await visitor.waitFor(['card-photo']);
  await visitor.press('跳过');
  const { state, reason } = await visitor.result(LONG_MS);
  expect([state, reason]).toEqual(['failed', expect.stringMatching(/^liveness\./)]);
  const [detail] = records();
  expect(detail!.record.document).toEqual({ kind: 'resident', portrait: 'absent', source: 'typed' });
});

test('a reader that is missing leads to typing, with a consent of its own', async ({ startKiosk }) => {
  const { visitor, records } = await startKiosk({
    demo: true,
    provisioning: { scene: scene(true, false), reader: { kind: 'tcp', host: '127.0.0.1', port: 9 } },
  });
  await visitor.choose(NO_CARD);
  await visitor.start();
  await visitor.consent(BOTH);
  const { state, reason } = await visitor.result(LONG_MS);
  expect(state).toBe('error');
  expect(reason).toMatch(/^reader\./);
  await visitor.press('手动输入');
  await visitor.consent(BOTH);
  await visitor.waitFor(['identity-entry']);
  await visitor.page.keyboard.press('Escape');
  await visitor.waitFor(['attract']);
  expect(records().map(({ record }) => record.verdict.reason)).toEqual([reason, 'user.cancelled']);
});

test('a start that is refused says why, calmly, and what to do', async ({ startKiosk }) => {
  const { visitor } = await startKiosk({
    demo: true,
    provisioning: { scene: { ...DEFAULT_SCENE, offlinePolicy: 'forbid' } },
  });
  await visitor.start();
  await expect(visitor.page.locator('[data-screen="attract"] .problem')).toHaveText('暂时无法联网。请稍后再试。');
});
