import { DEFAULT_SCENE, type Scene } from '../../src/shared/domain/scene.ts';
import { expect, test } from './kiosk-fixture.ts';

const LIVE_A = { person: 'a', presentation: 'live', card: 'a' } as const;
const NO_CARD = { ...LIVE_A, card: null } as const;
/** A machine that is short of time plays more than one challenge. */
const LONG_MS = 120_000;
test.setTimeout(240_000);

const BOTH = { capture: true, transmit: true } as const;
const scene: Scene = {
  ...DEFAULT_SCENE,
  identification: { manualEntry: false, cardPhoto: false, photographedCard: true, travelDocument: true },
};

test('an ID card is photographed on both sides and read, and a clerk decides', async ({ startKiosk }) => {
  const { visitor, records, log } = await startKiosk({ demo: true, provisioning: { scene } });
  const { page } = visitor;
  await visitor.choose(NO_CARD);
  await visitor.start();
  await visitor.consent(BOTH);
  await visitor.waitFor(['card']);
  await visitor.press('拍身份证');
  await visitor.waitFor(['document-capture']);
  // Now the person lays their papers on the desk.
  await visitor.choose(LIVE_A);
  const screen = await visitor.waitFor(['document-confirm', 'position'], 60_000);
  if (screen === 'document-confirm') {
    await expect(page.locator('main')).toContainText('公安局');
    await page.getByRole('button', { name: '信息无误' }).click();
  }
  expect(await visitor.result(LONG_MS)).toEqual({ state: 'review', reason: 'document.photographed' });
  const [detail] = records();
  expect(detail!.record).toMatchObject({
    verdict: { state: 'review', basis: 'card-photo' },
    document: { kind: 'resident', portrait: 'absent', source: 'photographed', portraitSource: 'printed' },
    comparison: { kind: 'live-chip', outcome: 'match' },
  });
  const { nameMasked, numberMasked } = detail!.record.subject!;
  expect(nameMasked).toMatch(/\*/);
  expect(numberMasked).toMatch(/^\d{3}\*{11}\d{3}[\dX]$/);
  expect(log.filter((line) => /\d{17}[\dX]/.test(line))).toEqual([]);
});

test('a passport is read by the lines at its foot, and a clerk decides without its chip', async ({ startKiosk }) => {
  const { visitor, records } = await startKiosk({ demo: true, provisioning: { scene } });
  await visitor.choose(NO_CARD);
  await visitor.start();
  await visitor.consent(BOTH);
  await visitor.waitFor(['card']);
  await visitor.press('用护照');
  await visitor.waitFor(['document-capture']);
  // Now the person lays their papers on the desk.
  await visitor.choose(LIVE_A);
  await visitor.waitFor(['position'], 60_000);
  expect(await visitor.result(LONG_MS)).toEqual({ state: 'review', reason: 'document.photographed' });
  expect(records()[0]!.record).toMatchObject({
    verdict: { state: 'review', basis: 'card-photo' },
    document: { kind: 'travel-document', portrait: 'absent', source: 'travel-zone', portraitSource: 'printed' },
  });
});
