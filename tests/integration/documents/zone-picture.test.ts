import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZonePicture } from '../../../src/main/inference/documents/zone/read-zone-picture.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { drawPage } from '../../accuracy/documents/zones/page.ts';
import { zoneSpecimen } from '../../accuracy/documents/zones/people.ts';
import { photograph, type ZoneDegradation } from '../../accuracy/documents/zones/photograph.ts';
import { openTextEngine } from '../../support/inference/text-engine.ts';

const TODAY = '2026-11-20';

async function photographed(seed: number, degradation: ZoneDegradation, quarterTurns: number): Promise<Frame> {
  const page = await drawPage(zoneSpecimen(seed), seed, { pixelsPerMm: 12 });
  return photograph(page, page.width / 12 / 2.54, seed, degradation, quarterTurns);
}

/** A rectangle of the picture in one colour. */
function covered(picture: Frame, [left, top, right, bottom]: readonly [number, number, number, number]): Frame {
  const rgb = Uint8Array.from(picture.rgb);
  for (let y = top; y < bottom; y++) rgb.fill(225, 3 * (y * picture.width + left), 3 * (y * picture.width + right));
  return { ...picture, rgb };
}

describe('zones in pictures', () => {
  let opened: Awaited<ReturnType<typeof openTextEngine>>;
  beforeAll(async () => {
    opened = await openTextEngine();
  });
  afterAll(() => opened.release());

  it.each([
    ['TD1', 6, 0],
    ['TD1', 12, 1],
    ['TD2', 4, 2],
    ['TD3', 2, 3],
    ['TD3', 8, 0],
  ] as const)(
    'a %s zone is read with its picture’s side up (seed %i, %i quarter turns)',
    async (format, seed, turns) => {
      const read = await readZonePicture(await photographed(seed, 'moderate', turns), opened.engine, TODAY);
      expect(read).toMatchObject({
        ok: true,
        value: {
          zone: { format, lines: zoneSpecimen(seed).lines, failedChecks: [], repairs: [] },
          quarterTurns: (4 - turns) % 4,
        },
      });
    },
  );

  it('a line of which a part is covered is refused, not filled', async () => {
    const picture = await photographed(8, 'clean', 0);
    const whole = await readZonePicture(picture, opened.engine, TODAY);
    if (!whole.ok) throw new Error(whole.error.code);
    const [upperLeft, upperRight] = whole.value.quad;
    const [left, top] = [Math.round((upperLeft[0] + upperRight[0]) / 2), Math.round(upperLeft[1])];
    const hidden = covered(picture, [left, top - 8, left + 60, top + 38]);
    expect(await readZonePicture(hidden, opened.engine, TODAY)).toMatchObject({
      ok: false,
      error: { code: 'mrz.malformed', detail: 'characters of line 1 could not be read' },
    });
  });

  it('a page without a zone has none', async () => {
    const picture = await photographed(2, 'clean', 0);
    const hidden = covered(picture, [0, Math.round(picture.height * 0.7), picture.width, picture.height]);
    expect(await readZonePicture(hidden, opened.engine, TODAY)).toMatchObject({
      ok: false,
      error: { code: 'mrz.malformed' },
    });
  });
});
