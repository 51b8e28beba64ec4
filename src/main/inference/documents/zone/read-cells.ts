import { bestLikeness, likeness, patchOf } from './cell-patch.ts';
import { characterShapes, NORMAL_PICTURE, type CharacterShape, type PictureCharacter } from './character-shapes.ts';
import type { GreyPicture } from './grey-picture.ts';
import type { ReadCell } from './read-cell.ts';
import type { ZoneRow } from './row-shape.ts';

const BLURS = [0.03, 0.06, 0.09, 0.13] as const;
const SIZES = [0.92, 0.96, 1, 1.04, 1.08] as const;
/** Columns are known so well once they are aligned, in their widths. */
const RESIDUAL = [-0.05, 0, 0.05] as const;
/** A column with less contrast than this share of the usual is empty. */
const LEAST_CONTRAST = 0.35;
/** What is less like any character is none; the least of those that were read right is 0.92 at moderate degradation. */
const LEAST_LIKENESS = 0.75;
/** How many of a patch's pixels say something of their own: neighbours in a blurred picture don't. */
const INDEPENDENT_PIXELS = 40;
const LEAST_CONFIDENCE = 0.01;

/** What the characters of these rows look like: the blur and size that fit best all together. */
export function fittingCharacter(picture: GreyPicture, rows: readonly ZoneRow[]): PictureCharacter {
  const patches = rows.flatMap((row) =>
    row.aside.map((_, column) => patchOf(picture, row, column, { across: 0, down: 0 }).values),
  );
  const fit = (character: PictureCharacter): number => {
    const shapes = characterShapes(character);
    return patches.reduce((sum, patch) => sum + bestLikeness(patch, shapes), 0);
  };
  const blur = best(BLURS, (each) => fit({ ...NORMAL_PICTURE, blur: each }));
  const size = best(SIZES, (each) => fit({ blur, size: each }));
  return { blur, size };
}

/**
 * Reads each column by comparing it with every character that can stand there; null where it is like none of them.
 *
 * @param allowed what can stand in a column.
 */
export function readCells(
  picture: GreyPicture,
  zoneRow: ZoneRow,
  shapes: readonly CharacterShape[],
  allowed: readonly ReadonlySet<string>[],
): readonly (ReadCell | null)[] {
  const compared = allowed.map((texts, column) => compare(picture, zoneRow, column, shapes, texts));
  const contrasts = compared.map(({ spread }) => spread).sort((a, b) => a - b);
  const usual = contrasts[Math.floor(contrasts.length / 2)]!;
  return compared.map(({ spread, likenesses }) => (spread < LEAST_CONTRAST * usual ? null : cellOf(likenesses)));
}

function compare(
  picture: GreyPicture,
  zoneRow: ZoneRow,
  column: number,
  shapes: readonly CharacterShape[],
  texts: ReadonlySet<string>,
): { readonly spread: number; readonly likenesses: ReadonlyMap<string, number> } {
  const likenesses = new Map<string, number>();
  let spread = 0;
  for (const across of RESIDUAL) {
    for (const down of RESIDUAL) {
      const patch = patchOf(picture, zoneRow, column, { across, down });
      spread = Math.max(spread, patch.spread);
      for (const shape of shapes) {
        if (!texts.has(shape.text)) continue;
        const like = likeness(patch.values, shape);
        if (like > (likenesses.get(shape.text) ?? -1)) likenesses.set(shape.text, like);
      }
    }
  }
  return { spread, likenesses };
}

/**
 * Probabilities of the characters, were all alike before: what a character leaves unexplained of a patch (1 - r²) is
 * taken for noise of a normal distribution.
 */
function cellOf(likenesses: ReadonlyMap<string, number>): ReadCell | null {
  const ordered = [...likenesses].sort((a, b) => b[1] - a[1]);
  const most = ordered[0]?.[1] ?? 0;
  if (most < LEAST_LIKENESS) return null;
  const unexplained = (like: number): number => 1 - Math.max(0, like) ** 2;
  const weights = ordered.map(([text, like]) => ({
    text,
    confidence: (unexplained(most) / unexplained(like)) ** (INDEPENDENT_PIXELS / 2),
  }));
  const total = weights.reduce((sum, { confidence }) => sum + confidence, 0);
  const [first, ...others] = weights.map(({ text, confidence }) => ({ text, confidence: confidence / total }));
  return {
    ...first!,
    likeness: most,
    others: others.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE).slice(0, 3),
  };
}

function best<Value>(values: readonly Value[], scoreOf: (value: Value) => number): Value {
  return values
    .map((value) => ({ value, score: scoreOf(value) }))
    .reduce((most, each) => (each.score > most.score ? each : most)).value;
}
