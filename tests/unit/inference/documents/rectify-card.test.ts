import { describe, expect, it, vi } from 'vitest';
import type { FoundCard } from '../../../../src/main/inference/documents/contract.ts';
import { rectifyCard, turned, wholeAsCard } from '../../../../src/main/inference/documents/outline/rectify-card.ts';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import { drawFace } from '../../../support/documents/card-faces.ts';
import { renderScene } from '../../../support/documents/card-scene.ts';

/** Mean of a square of pixels. */
function colourAt({ width, rgb }: Frame, x: number, y: number): readonly number[] {
  return [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let dy = -3; dy <= 3; dy++)
      for (let dx = -3; dx <= 3; dx++) sum += rgb[((y + dy) * width + x + dx) * 3 + channel]!;
    return sum / 49;
  });
}

// Rendering takes longer than rectifying.
vi.setConfig({ testTimeout: 120_000 });

describe('a rectified card', () => {
  for (const width of [640, 1280]) {
    it(`shows the card as it was drawn, from a picture ${width} pixels wide`, async () => {
      const { picture, quads } = await renderScene({
        seed: 2,
        width,
        height: (width * 9) / 16,
        ground: 'wood',
        cards: [{ face: 'id-back', x: 0.48, y: 0.52, width: 0.55, turn: 12, tiltX: 20, tiltY: -18 }],
        noise: 1,
        blur: 0.4,
      });
      const found: FoundCard = { quad: quads[0]!, size: 'ID-1', score: 1, cut: 0 };
      const card = await rectifyCard(picture, found);
      expect([card.picture.width, card.picture.height]).toEqual([1012, 638]);
      expect(card.sourceWidth / width).toBeGreaterThan(0.5);
      const face = await drawFace('id-back', 20);
      // The red disc, its rim and the paper around it.
      for (const [x, y] of [
        [0.186, 0.26],
        [0.11, 0.26],
        [0.05, 0.8],
        [0.9, 0.1],
      ] as const) {
        const [drawn, seen] = [
          colourAt(face, Math.round(x * face.width), Math.round(y * face.height)),
          colourAt(card.picture, Math.round(x * 1012), Math.round(y * 638)),
        ];
        const off = Math.max(...drawn.map((value, i) => Math.abs(value - seen[i]!)));
        expect([x, y, off < 0.17 * 255]).toEqual([x, y, true]);
      }
    });
  }

  it('stands when it stood', async () => {
    const { picture, quads } = await renderScene({
      seed: 2,
      width: 640,
      height: 480,
      ground: 'dark-desk',
      cards: [{ face: 'id-back', x: 0.5, y: 0.5, width: 0.5, turn: 90, tiltX: 0, tiltY: 10 }],
    });
    const [a, b, c, d] = quads[0]!;
    const card = await rectifyCard(picture, { quad: [d, a, b, c], size: 'ID-1', score: 1, cut: 0 });
    expect([card.picture.width, card.picture.height]).toEqual([638, 1012]);
    const upright = turned(card.picture, 3);
    expect(colourAt(upright, 188, 166)[0]! - colourAt(upright, 188, 166)[1]!).toBeGreaterThan(60);
  });

  it('is the whole picture of a scan', async () => {
    const scan = await drawFace('id-front', 1);
    const card = await wholeAsCard(scan);
    expect({ ...card, picture: null, source: null }).toEqual({
      picture: null,
      size: 'ID-1',
      source: null,
      quad: null,
      cut: 0,
      sourceWidth: scan.width,
    });
    expect([card.picture.width, card.picture.height]).toEqual([1012, 638]);
  });
});

describe('quarter turns', () => {
  const frame: Frame = { width: 3, height: 2, rgb: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((v) => [v, v, v])) };
  const values = ({ rgb }: Frame): number[] => [...rgb].filter((_, i) => i % 3 === 0);

  it('go clockwise, and four of them change nothing', () => {
    expect([0, 1, 2, 3, 4, -1].map((turns) => values(turned(frame, turns)))).toEqual([
      [1, 2, 3, 4, 5, 6],
      [4, 1, 5, 2, 6, 3],
      [6, 5, 4, 3, 2, 1],
      [3, 6, 2, 5, 1, 4],
      [1, 2, 3, 4, 5, 6],
      [3, 6, 2, 5, 1, 4],
    ]);
    expect(turned(frame, 1)).toMatchObject({ width: 2, height: 3 });
  });
});
