import { readFile } from 'node:fs/promises';
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
import { MODELS_FOLDER } from '../../support/inference/media.ts';

const HOLDER: CardFace = { file: 'franck_01829.jpg', head: { left: 180, top: 30, width: 422, height: 522 } };

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
