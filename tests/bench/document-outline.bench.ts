/**
 * How surely, how exactly and how fast cards are found in rendered pictures, by what they lie on. Run with
 * `node tests/bench/document-outline.bench.ts [first seed] [last seed] [width]`: every second seed from the first on, so
 * that limits are chosen on even ones and reported on odd ones. The floor is sharp's reduction of the same picture.
 */
import sharp from 'sharp';
import { seededRandom } from '../../src/main/comparison/seeded-random.ts';
import type { Quad } from '../../src/main/inference/documents/contract.ts';
import { findCards } from '../../src/main/inference/documents/outline/find-cards.ts';
import type { Frame } from '../../src/main/inference/frame.ts';
import { CARD_FACES } from '../support/documents/card-faces.ts';
import { renderScene, type Scene } from '../support/documents/card-scene.ts';
import { GROUNDS } from '../support/documents/grounds.ts';

const first = Number(process.argv[2] ?? 1);
const last = Number(process.argv[3] ?? 139);
const width = Number(process.argv[4] ?? 640);

interface Tally {
  pictures: number;
  found: number;
  /** Outlines that are no card. */
  wrong: number;
  readonly errors: number[];
}

/** A card somewhere, turned by any angle, tilted by up to 30° about both axes, now and then cut. */
function sceneOf(seed: number): Scene {
  const random = seededRandom(seed + 11);
  for (let i = 0; i < 5; i++) random();
  const ground = GROUNDS[Math.floor(seed / 2) % GROUNDS.length]!;
  const face = CARD_FACES[Math.floor(random() * CARD_FACES.length)]!;
  const held = ground === 'person';
  const pose = {
    x: 0.5 + 0.16 * (random() - 0.5),
    y: 0.5 + 0.16 * (random() - 0.5),
    width: 0.3 + 0.3 * random(),
    turn: (held ? 30 : 360) * (random() - (held ? 0.5 : 0)),
    tiltX: 60 * (random() - 0.5),
    tiltY: 60 * (random() - 0.5),
  };
  const fingers = held ? 1 + Math.floor(3 * random()) : 0;
  const onPhone = face !== 'passport' && random() < 0.12;
  return {
    seed,
    width,
    height: Math.round((width * 9) / 16),
    ground,
    cards: [{ face, ...pose, fingers, onPhone }],
    noise: 1 + 4 * random(),
    blur: ((0.4 + 1.2 * random()) * width) / 1920,
    light: 0.6 + 0.4 * random(),
    focal: 0.75 + 0.6 * random(),
  };
}

/** Mean distance of the corners, as a share of the longest side; any corner may come first. */
function errorOf(quad: Quad, truth: Quad): number {
  const length = (a: readonly number[], b: readonly number[]): number => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!);
  const long = Math.max(...truth.map((corner, i) => length(corner, truth[(i + 1) % 4]!)));
  const means = [0, 1, 2, 3].map((turn) =>
    truth.reduce((sum, corner, i) => sum + length(corner, quad[(i + turn) % 4]!), 0),
  );
  return Math.min(...means) / 4 / long;
}

async function floorMs({ width: across, height: down, rgb }: Frame): Promise<number> {
  const startMs = performance.now();
  await sharp(rgb, { raw: { width: across, height: down, channels: 3 } })
    .resize(Math.round(across / 2))
    .raw()
    .toBuffer();
  return performance.now() - startMs;
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? NaN;

sharp.concurrency(1);
const tallies = new Map<string, Tally>();
const times: number[] = [];
const floors: number[] = [];
for (let seed = first; seed <= last; seed += 2) {
  const scene = sceneOf(seed);
  const { picture, quads } = await renderScene(scene);
  const before = process.cpuUsage();
  const cards = findCards(picture);
  const used = process.cpuUsage(before);
  times.push((used.user + used.system) / 1_000);
  floors.push(await floorMs(picture));
  const tally = tallies.get(scene.ground) ?? { pictures: 0, found: 0, wrong: 0, errors: [] };
  tallies.set(scene.ground, tally);
  tally.pictures++;
  const errors = cards.map(({ quad }) => errorOf(quad, quads[0]!));
  const best = errors.findIndex((error) => error < 0.03);
  if (best === 0) tally.found++;
  if (best >= 0) tally.errors.push(errors[best]!);
  tally.wrong += cards.length - (best >= 0 ? 1 : 0);
}
for (const [ground, { pictures, found, wrong, errors }] of tallies) {
  const error = `corner error median ${(100 * quantile(errors, 0.5)).toFixed(2)} %, 95 % ${(100 * quantile(errors, 0.95)).toFixed(2)} %`;
  console.log(`${ground.padEnd(11)} found ${found}/${pictures}, wrong outlines ${wrong}, ${error}`);
}
const warm = times.slice(5);
console.log(
  `find: processor time median ${quantile(warm, 0.5).toFixed(1)} ms, 95 % ${quantile(warm, 0.95).toFixed(1)} ms;` +
    ` floor (sharp, half size) median ${quantile(floors, 0.5).toFixed(1)} ms`,
);
