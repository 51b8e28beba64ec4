import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Frame } from './frame.ts';
import { decodeImage } from './image-codec.ts';
import type { ModelEntry } from './model-manifest.ts';
import type { LoadedModel, ReadFile } from './model-store.ts';
import type { Sampler } from './resize.ts';

const PATTERN_SIDE = 64;

/** Red grows to the right, green downwards, blue is strongest in the middle: no channel or axis can be exchanged. */
function pattern(): Frame {
  const rgb = new Uint8Array(PATTERN_SIDE * PATTERN_SIDE * 3);
  const middle = (PATTERN_SIDE - 1) / 2;
  for (let y = 0; y < PATTERN_SIDE; y++) {
    for (let x = 0; x < PATTERN_SIDE; x++) {
      const at = 3 * (y * PATTERN_SIDE + x);
      rgb[at] = 4 * x;
      rgb[at + 1] = 2 * y;
      rgb[at + 2] = Math.max(0, Math.round(255 - 6 * Math.hypot(x - middle, y - middle)));
    }
  }
  return { width: PATTERN_SIDE, height: PATTERN_SIDE, rgb };
}

/**
 * Runs the picture of the entry's self-test, stretched to the model's input, and compares the first values of the
 * output with the expected ones.
 *
 * @returns what is wrong, naming the field of the entry; null when all is well or the entry has no self-test.
 */
export async function selfTestProblem(
  entry: ModelEntry,
  model: LoadedModel,
  sampler: Sampler,
  folder: string,
  readFile: ReadFile,
): Promise<string | null> {
  const { selfTest } = entry;
  if (!selfTest) return null;
  const picture = selfTest.picture === 'pattern' ? pattern() : await readPicture(selfTest.picture, folder, readFile);
  if (typeof picture === 'string') return picture;
  sampler.fill(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, model);
  const outputs = await model.run();
  model.tensor.fill(0);
  sampler.wipe();
  const values = outputs[entry.outputs.findIndex(({ name }) => name === selfTest.output)]!;
  for (const [i, expected] of selfTest.expected.entries()) {
    const value = values[i];
    if (value !== undefined && Math.abs(value - expected) <= selfTest.tolerance) continue;
    return `selfTest.expected[${i}] is ${expected}, the model gives ${value?.toPrecision(6) ?? 'nothing'}`;
  }
  return null;
}

async function readPicture(
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  folder: string,
  readFile: ReadFile,
): Promise<Frame | string> {
  const bytes = await readFile(join(folder, file));
  if (!bytes) return `selfTest.picture: ${file} is missing`;
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    return `selfTest.picture: ${file} does not match the manifest`;
  }
  const decoded = await decodeImage(bytes);
  return decoded.ok ? decoded.value : `selfTest.picture: ${file} is not a picture`;
}
