import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCardPortraitFinder } from '../../../src/main/inference/card-portrait-finder.ts';
import { lookForCardPortrait } from '../../../src/main/inference/card-portrait.ts';
import { createFacePipeline, type FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { decodeImage } from '../../../src/main/inference/image-codec.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { embedMainFace } from '../../../src/main/inference/portrait.ts';
import { cosineSimilarity } from '../../../src/main/comparison/similarity.ts';
import { stillFrame } from '../../support/inference/chain-outputs.ts';
import { GOOD_CARD, HELD_FRAME, heldCard, type CardFace, type HeldCard } from '../../support/inference/held-card.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';

const HOLDER: CardFace = { file: 'franck_01829.jpg', head: { left: 180, top: 30, width: 422, height: 522 } };

const PEOPLE = [
  ...['franck_01829.jpg', 'franck_02159.jpg', 'franck_02683.jpg', 'franck_04000.jpg', 'cage.jpg', 'cage2_crop.jpg'],
  ...['audrey.jpg', 'obama4_crop.jpg', 'kim1_crop.jpg'],
];
/** Shares of a still's width that fill the picture, and how far to the right they begin, of what is left over. */
const PARTS = [1, 0.8, 0.6].flatMap((share) => (share === 1 ? [[1, 0]] : [0, 0.5, 1].map((left) => [share, left]))) as [
  number,
  number,
][];

async function partOf(file: string, share: number, left: number): Promise<Frame> {
  const { width, height } = await sharp(media(file)).metadata();
  const across = Math.floor(share * width);
  const down = Math.min(height, Math.floor((across * 540) / 800));
  const rgb = await sharp(media(file))
    .extract({ left: Math.floor(left * (width - across)), top: 0, width: across, height: down })
    .resize(800, 540, { fit: 'cover', position: 'top' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return { width: 800, height: 540, rgb: new Uint8Array(rgb) };
}

let pipeline: FacePipeline;
beforeAll(async () => {
  const store = await loadModels(MODELS_FOLDER, 1, (file) => readFile(file).catch(() => null));
  if (!store.ok) throw new Error(store.error.detail);
  pipeline = createFacePipeline(store.value.models);
});

const look = async (change: Partial<HeldCard>) =>
  lookForCardPortrait(pipeline, await heldCard({ ...GOOD_CARD, face: HOLDER, ...change }), HELD_FRAME);

/** Every nth pixel of a picture. */
function reduced({ width, height, rgb }: Frame, n: number): Frame {
  const [across, down] = [Math.floor(width / n), Math.floor(height / n)];
  const pixel = (i: number): Uint8Array => {
    const at = 3 * (n * Math.floor(i / across) * width + n * (i % across));
    return rgb.subarray(at, at + 3);
  };
  const out = new Uint8Array(3 * across * down);
  for (let i = 0; i < across * down; i++) out.set(pixel(i), 3 * i);
  return { width: across, height: down, rgb: out };
}

describe("a card's portrait", () => {
  it.each([
    ['held as the frame asks', {}],
    ['a little smaller', { cardPixels: 560 }],
    ['a little larger', { cardPixels: 630 }],
    ['leaning by two degrees', { lean: 2 }],
    ['with the photo at the left', { photoAt: 'left' }],
    ['with a little blur', { blur: 0.6 }],
  ] as const)('is found: %s', async (_name, change) => {
    expect(await look(change)).toMatchObject({ hint: null });
  });

  it.each([
    ['nothing there', { face: null }, 'no-card'],
    ["a person's own face and no card", { face: null, behind: 'franck_01829.jpg' }, 'no-card'],
    ['a card that leans', { lean: 9 }, 'tilted'],
    ['a reflection on the photo', { glare: 0.55 }, 'glare'],
    ['a picture that is not sharp', { blur: 3.5 }, 'blurred'],
  ] as const)('is not taken: %s', async (_name, change, hint) => {
    expect(await look(change)).toEqual({ hint });
  });

  it('is seen in no picture of people without a card, near or far, in the middle or beside it', async () => {
    const taken: string[] = [];
    let looked = 0;
    for (const file of PEOPLE) {
      for (const [share, left] of PARTS) {
        const sight = await lookForCardPortrait(pipeline, await partOf(file, share, left), HELD_FRAME);
        looked += 1;
        if (sight.hint === null || sight.hint === 'tilted') taken.push(`${file} ${share} ${left}`);
      }
    }
    console.log(`taken for a card: ${taken.length} of ${looked} pictures of ${PEOPLE.length} stills`);
    expect([looked, taken]).toEqual([PEOPLE.length * PARTS.length, []]);
  }, 120_000);

  it('is not taken with fewer pixels between the eyes than a chip has', async () => {
    const picture = reduced(await heldCard({ ...GOOD_CARD, face: HOLDER }), 2);
    expect(await lookForCardPortrait(pipeline, picture, HELD_FRAME)).toEqual({ hint: 'too-small' });
  });

  it('is cut out after three steady pictures and shows its holder and nobody else', async () => {
    const finder = createCardPortraitFinder(pipeline);
    const picture = await heldCard({ ...GOOD_CARD, face: HOLDER });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await finder.see(picture, HELD_FRAME));
    expect(answers.map(({ hint, portrait }) => [hint, portrait !== null])).toEqual([
      [null, false],
      [null, false],
      [null, true],
    ]);
    const cut = await decodeImage(answers[2]!.portrait!);
    if (!cut.ok) throw new Error(cut.error.code);
    const onCard = await embedMainFace(pipeline, cut.value);
    const same = await embedMainFace(pipeline, await stillFrame('franck_02159.jpg', 640, 480));
    const other = await embedMainFace(pipeline, await stillFrame('audrey.jpg', 640, 480));
    expect(cosineSimilarity(onCard!, same!)).toBeGreaterThan(0.5);
    expect(cosineSimilarity(onCard!, other!)).toBeLessThan(0.25);
  });
});
