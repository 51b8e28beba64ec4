import { describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../../src/main/comparison/seeded-random.ts';
import type { FoundCard, Quad } from '../../../../src/main/inference/documents/contract.ts';
import { findCards, isWholeCard } from '../../../../src/main/inference/documents/outline/find-cards.ts';
import { clockwiseFromUpperLeft } from '../../../../src/main/inference/documents/outline/homography.ts';
import { renderScene, type Scene, type SceneCard } from '../../../support/documents/card-scene.ts';
import type { Ground } from '../../../support/documents/grounds.ts';

const CARD: SceneCard = { face: 'id-front', x: 0.5, y: 0.5, width: 0.5, turn: 8, tiltX: 10, tiltY: -12 };
const scene = (ground: Ground, card: Partial<SceneCard> = {}, more: Partial<Scene> = {}): Scene => ({
  seed: 1,
  width: 640,
  height: 360,
  ground,
  cards: [{ ...CARD, ...card }],
  ...more,
});

/** Mean distance of the corners as a share of the card's longest side. */
function errorOf({ quad }: FoundCard, truth: Quad): number {
  const expected = clockwiseFromUpperLeft(truth);
  const distance = (i: number, k: number): number =>
    Math.hypot(quad[i]![0] - expected[k]![0], quad[i]![1] - expected[k]![1]);
  const long = Math.max(
    ...expected.map(([x, y], i) => Math.hypot(x - expected[(i + 1) % 4]![0], y - expected[(i + 1) % 4]![1])),
  );
  // At 45° either of two corners may come first.
  return (
    Math.min(
      ...[0, 1, 2, 3].map((first) => [0, 1, 2, 3].reduce((sum, i) => sum + distance(i, (i + first) % 4) / 4, 0)),
    ) / long
  );
}

// Rendering takes longer than finding.
vi.setConfig({ testTimeout: 120_000 });

describe('a card in a picture', () => {
  const grounds: readonly (readonly [Ground, Partial<SceneCard>])[] = [
    ['dark-desk', {}],
    ['light-desk', {}],
    ['wood', { turn: 200, width: 0.4 }],
    ['stripes', { turn: 45, width: 0.4 }],
    ['clutter', { turn: 100, width: 0.4 }],
    ['person', { fingers: 2 }],
    ['dark-desk', { face: 'bank-dark', turn: 300, width: 0.4 }],
    ['light-desk', { tiltX: 28, tiltY: 18 }],
    ['wood', { onPhone: true, width: 0.4 }],
  ];
  for (const [ground, card] of grounds) {
    it(`is found to one percent of its width: ${ground} ${JSON.stringify(card)}`, async () => {
      const { picture, quads } = await renderScene(scene(ground, card));
      const found = findCards(picture);
      expect(found.map(({ size, cut }) => ({ size, cut }))).toEqual([{ size: 'ID-1', cut: 0 }]);
      expect(errorOf(found[0]!, quads[0]!)).toBeLessThan(0.01);
    });
  }

  it('is found wherever, however turned and tilted it lies', async () => {
    const random = seededRandom(20);
    for (let seed = 0; seed < 6; seed++) {
      const pose = {
        turn: 360 * random(),
        tiltX: 50 * (random() - 0.5),
        tiltY: 50 * (random() - 0.5),
        x: 0.45 + 0.1 * random(),
        width: 0.32 + 0.1 * random(),
      };
      const { picture, quads } = await renderScene(scene('dark-desk', pose, { seed, focal: 0.8 + 0.4 * random() }));
      const found = findCards(picture);
      expect([seed, found.length]).toEqual([seed, 1]);
      expect(errorOf(found[0]!, quads[0]!)).toBeLessThan(0.01);
    }
  });

  it('keeps its place when the picture is larger', async () => {
    const { picture, quads } = await renderScene(scene('wood', {}, { width: 1280, height: 720 }));
    expect(errorOf(findCards(picture)[0]!, quads[0]!)).toBeLessThan(0.003);
  });

  it('is a page when its proportion says so', async () => {
    const { picture, quads } = await renderScene(scene('dark-desk', { face: 'passport', width: 0.6 }));
    const [found] = findCards(picture);
    expect(found!.size).toBe('ID-3');
    expect(errorOf(found!, quads[0]!)).toBeLessThan(0.01);
  });
});

describe('several, cut and missing cards', () => {
  it('are two when two lie there', async () => {
    const two: SceneCard[] = [
      { ...CARD, x: 0.27, width: 0.36, turn: 4 },
      { ...CARD, x: 0.73, width: 0.36, turn: -6, face: 'bank-light' },
    ];
    const { picture } = await renderScene({ ...scene('dark-desk'), cards: two });
    expect(findCards(picture)).toHaveLength(2);
  });

  it('reach over the edge with as many sides as leave the picture', async () => {
    const { picture, quads } = await renderScene(scene('dark-desk', { x: 0.86, turn: 3, tiltX: 0, tiltY: 0 }));
    const [found] = findCards(picture);
    expect(found!.cut).toBe(3);
    expect(errorOf(found!, quads[0]!)).toBeLessThan(0.03);
    expect(found!.quad[1][0]).toBeGreaterThan(picture.width);
  });

  it('are none on an empty ground, in noise, or with a person alone', async () => {
    for (const ground of ['dark-desk', 'light-desk', 'wood', 'person'] as const) {
      const { picture } = await renderScene({ ...scene(ground), cards: [] });
      expect([ground, findCards(picture)]).toEqual([ground, []]);
    }
    const random = seededRandom(3);
    const rgb = Uint8Array.from({ length: 640 * 360 * 3 }, () => 256 * random());
    expect(findCards({ width: 640, height: 360, rgb })).toEqual([]);
  });

  it('are taken for the whole picture by its proportion alone', () => {
    const sizes = [
      [1012, 638],
      [638, 1012],
      [1250, 880],
      [1920, 1080],
      [1000, 1000],
    ] as const;
    expect(sizes.map(([width, height]) => isWholeCard({ width, height }))).toEqual([true, true, true, false, false]);
  });
});
