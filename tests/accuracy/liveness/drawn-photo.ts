import { CANONICAL_POINTS, CANONICAL_VERTICES } from '../../../src/shared/domain/canonical-face.ts';
import type { PhotoFace } from './photo-face.ts';
import type { Texture } from './texture.ts';

const SIDE = 200;
/** Pixels for a centimetre. */
const SCALE = 10;
const SKIN = [0.36, 0.22, 0.16] as const;

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rgb: readonly [number, number, number];
}

/** Eyes, brows and lips in centimetres of the canonical face. */
const SPOTS: readonly Spot[] = [
  ...[-3.1, 3.1].flatMap((x): Spot[] => [
    { x, y: 2.5, width: 1.3, height: 0.5, rgb: [0.6, 0.58, 0.55] },
    { x, y: 2.5, width: 0.5, height: 0.5, rgb: [0.03, 0.02, 0.02] },
    { x, y: 4.1, width: 2, height: 0.35, rgb: [0.05, 0.03, 0.02] },
  ]),
  { x: 0, y: -3.9, width: 2.4, height: 0.8, rgb: [0.32, 0.1, 0.1] },
];

function colourAt(x: number, y: number): readonly [number, number, number] {
  const inside = (spot: Spot): boolean => ((x - spot.x) / spot.width) ** 2 + ((y - spot.y) / spot.height) ** 2 < 1;
  return SPOTS.findLast(inside)?.rgb ?? SKIN;
}

/** A face drawn with a few ellipses: for tests that need neither a photo nor a model. */
export function drawnPhoto(person: string): PhotoFace {
  const rgb = new Float32Array(3 * SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      rgb.set(colourAt((column - SIDE / 2) / SCALE, (SIDE / 2 - row) / SCALE), 3 * (row * SIDE + column));
    }
  }
  const texture: Texture = { width: SIDE, height: SIDE, rgb };
  const points = new Float32Array(2 * CANONICAL_POINTS);
  for (let i = 0; i < CANONICAL_POINTS; i++) {
    points[2 * i] = SIDE / 2 + SCALE * CANONICAL_VERTICES[3 * i]!;
    points[2 * i + 1] = SIDE / 2 - SCALE * CANONICAL_VERTICES[3 * i + 1]!;
  }
  return {
    person,
    name: person,
    texture,
    points,
    shape: CANONICAL_VERTICES.slice(),
    unshade: new Float32Array(CANONICAL_POINTS).fill(1),
    skin: [...SKIN],
  };
}
