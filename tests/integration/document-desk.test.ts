import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardOutline } from '../../src/shared/domain/document-reading.ts';
import { openDocumentDesk, type DocumentDeskPage } from '../support/document-desk.ts';
import { findBrowser, findMedia, missingPerson } from '../support/liveness-loop.ts';

const browser = findBrowser();
const missing = [...missingPerson('person-a.webm'), 'card-a.json'].filter((name) => !findMedia(name));
const skipped = browser === null || missing.length > 0;
if (skipped) console.log(`skipped: ${browser ? `no ${missing.join(', ')} (npm run demo makes them)` : 'no Chromium'}`);

const at = (x: number): CardOutline => [
  [x, 0.2],
  [x + 0.6, 0.2],
  [x + 0.6, 0.8],
  [x, 0.8],
];

let desk: DocumentDeskPage;
beforeAll(async () => {
  if (!skipped) desk = await openDocumentDesk(browser);
});
afterAll(async () => {
  if (!skipped) await desk.close();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await desk.waitMs(100);
  }
  throw new Error('it never came to that');
}

describe.skipIf(skipped)('a document before a simulated desk', () => {
  it('is looked at a few times a second in small pictures, and taken once when it is said to be', async () => {
    await desk.show('id-card-front');
    await until(async () => (await desk.counts()).live >= 5);
    const { largest, full } = await desk.counts();
    expect([largest > 1_000, largest <= 100_000, full]).toEqual([true, true, 0]);
    expect(await desk.state()).toEqual({
      size: [1440, 1080],
      mirrored: false,
      failed: null,
      frozen: false,
      refused: null,
      seen: false,
    });
    await desk.answerWith({ outline: at(0.2), hint: null, progress: 1, take: true });
    await until(async () => (await desk.counts()).full === 1);
    await desk.change({ reading: true });
    await desk.answerWith({ outline: at(0.2), hint: null, progress: 0, take: false });
    expect((await desk.last('full')).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  }, 30_000);

  it('stays frozen while it is read, sends nothing meanwhile, and goes on afterwards', async () => {
    const before = await desk.counts();
    await desk.waitMs(1_000);
    expect([(await desk.state()).frozen, await desk.counts()]).toEqual([true, before]);
    await desk.take();
    expect((await desk.counts()).full).toBe(1);
    await desk.change({ reading: false, problem: 'document.glare' });
    expect((await desk.state()).frozen).toBe(false);
    await until(async () => (await desk.counts()).live > before.live);
  }, 30_000);

  it('is not taken again by itself before somebody has turned it over, but by the button at once', async () => {
    await desk.change({ page: 'id-card-back', problem: null });
    await desk.answerWith({ outline: at(0.2), hint: null, progress: 1, take: true });
    const { live } = await desk.counts();
    await until(async () => (await desk.counts()).live > live + 4);
    expect((await desk.counts()).full).toBe(1);
    await desk.take();
    await until(async () => (await desk.counts()).full === 2);
    await desk.answerWith({ outline: null, hint: 'no-card', progress: 0, take: false });
    const seen = (await desk.counts()).live;
    await until(async () => (await desk.counts()).live > seen + 2);
    await desk.answerWith({ outline: at(0.2), hint: null, progress: 1, take: true });
    await until(async () => (await desk.counts()).full === 3);
  }, 30_000);

  it('lets go of the camera when the screen ends', async () => {
    expect(await desk.stop()).toBe('ended');
    expect((await desk.state()).size).toBeNull();
  });

  it('says so when the camera can not be opened', async () => {
    await desk.show('id-card-front', 'missing-a.webm');
    await until(async () => (await desk.state()).failed !== null);
    expect(await desk.state()).toMatchObject({ size: null, failed: 'camera.missing' });
    await desk.stop();
  }, 30_000);
});
