import { personSubject, type Identity } from './person.ts';
import { createRenderer, type Pinhole, type RowLight } from './renderer.ts';
import { seeded } from './seeded.ts';
import { screenPatches, type Lighting } from './surface-light.ts';
import { patchyTexture, type Texture } from './texture.ts';
import { rotation, type Vector3 } from './vector.ts';

/** What an attacker has of a person: a picture, and how it would change under a screen of its own. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Under the room's light, and what each primary of a white screen adds to it; linear, 0–1. */
  readonly steady: Texture;
  readonly driven: Texture;
  /** The mesh's points in it, x and y in pixels, and the depth that a mesh model sees, in pixels too. */
  readonly points: Float32Array;
  /** Pixels for a metre at the face. */
  readonly scale: number;
}

const WIDTH = 220;
const HEIGHT = 240;
const DISTANCE_M = 0.7;
const FOCAL = 400;

function rows(level: number): Float32Array {
  return new Float32Array(3 * HEIGHT).fill(level);
}

function brightest(values: Float32Array): number {
  const sorted = values.filter((_, i) => i % 31 === 0).sort();
  return sorted[Math.floor(sorted.length * 0.99)]!;
}

/** Photographs a person once, in another room. */
export function takePicture(identity: Identity, seed: string): Picture {
  const random = seeded('picture', identity.id, seed);
  const pinhole: Pinhole = {
    width: WIDTH,
    height: HEIGHT,
    centreX: WIDTH / 2,
    centreY: HEIGHT / 2 - 10,
    focal: FOCAL,
    distance: DISTANCE_M,
  };
  const direction: Vector3 = [random.normal(0, 0.3), random.normal(0.25, 0.2), random.normal(0.25, 0.15)];
  const lighting: Lighting = {
    ambient: { lux: random.between(100, 500), direction },
    screen: screenPatches({ width: 0.3, height: 0.5, below: 0.02 }, DISTANCE_M, { share: 0.8, luminance: 300 }),
  };
  const wall = random.between(0.1, 0.6);
  const texture = patchyTexture(WIDTH, HEIGHT, [wall, wall, wall], {
    columns: 5,
    rows: 5,
    factor: () => random.between(0.6, 1.4),
  });
  const backdrop = { texture, ambientLux: lighting.ambient.lux * random.between(0.4, 1.2), screenLux: 20 };
  const renderer = createRenderer(personSubject(identity), pinhole, backdrop, lighting);
  const pose = {
    turn: rotation(random.normal(0, 0.06), random.normal(0, 0.06), random.normal(0, 0.03)),
    move: [0, 0, 0] as const,
  };
  renderer.place(pose);
  const shot = (light: RowLight): Float32Array => {
    const out = new Float32Array(3 * WIDTH * HEIGHT);
    renderer.shade(light, out);
    return out;
  };
  const dark = rows(0);
  const steady = shot({ ambient: rows(1), screen: dark, driven: dark });
  const driven = shot({ ambient: dark, screen: rows(1), driven: dark });
  const gain = 0.9 / brightest(steady);
  return {
    width: WIDTH,
    height: HEIGHT,
    steady: { width: WIDTH, height: HEIGHT, rgb: steady.map((value) => Math.min(1, value * gain)) },
    driven: { width: WIDTH, height: HEIGHT, rgb: driven.map((value) => value * gain) },
    points: renderer.meshPoints(pose),
    scale: FOCAL / DISTANCE_M,
  };
}
