import { describe, expect, test } from 'vitest';
import { alignedRow } from '../../../../../src/main/inference/documents/zone/align-row.ts';
import { characterShapes, NORMAL_PICTURE } from '../../../../../src/main/inference/documents/zone/character-shapes.ts';
import { allowedAt, isChecked } from '../../../../../src/main/inference/documents/zone/column-kinds.ts';
import type { GreyPicture } from '../../../../../src/main/inference/documents/zone/grey-picture.ts';
import { OCR_B_PROTOTYPES } from '../../../../../src/main/inference/documents/zone/ocr-b-prototypes.ts';
import { PATCH } from '../../../../../src/main/inference/documents/zone/patch-size.ts';
import { readCells } from '../../../../../src/main/inference/documents/zone/read-cells.ts';
import type { ZoneRow } from '../../../../../src/main/inference/documents/zone/row-shape.ts';
import { valueAt, weightedCurve } from '../../../../../src/main/inference/documents/zone/weighted-curve.ts';
import { MRZ_ALPHABET } from '../../../../../src/shared/domain/mrz-characters.ts';

const PITCH = PATCH.across;
const TOP = 20;
const LEFT = 40;

/** A line printed straight, one prototype beside the other; a space is an empty column, `#` a black one. */
function printed(text: string): GreyPicture {
  const [width, height] = [text.length * PITCH + 2 * LEFT, PATCH.down + 2 * TOP];
  const values = new Uint8Array(width * height).fill(30);
  [...text].forEach((character, column) => {
    const ink = OCR_B_PROTOTYPES.find(([each]) => each === character)?.[1];
    for (let at = 0; at < PATCH.across * PATCH.down; at++) {
      const dark = character === '#' ? 15 : ink ? parseInt(ink[at]!, 16) : 0;
      const [x, y] = [LEFT + column * PITCH + (at % PATCH.across), TOP + Math.floor(at / PATCH.across)];
      values[y * width + x] = 30 + 12 * dark;
    }
  });
  return { width, height, values };
}

/** Where its columns are believed to be. */
function believed(
  text: string,
  off: { readonly across: number; readonly pitch: number; readonly down: number },
): ZoneRow {
  const y = TOP + PATCH.down / 2 + off.down;
  const row = { start: [0, y], end: [text.length * PITCH + 2 * LEFT, y], height: PATCH.down } as const;
  const grid = { start: LEFT + PITCH / 2 + off.across, pitch: PITCH * off.pitch, growth: 0 };
  return { row, grid, aside: [...text].map(() => 0) };
}

const TRUE_PLACE = { across: 0, pitch: 1, down: 0 };
const shapes = characterShapes(NORMAL_PICTURE);
const everything = (text: string): readonly ReadonlySet<string>[] => [...text].map(() => new Set(MRZ_ALPHABET));

function read(text: string, off = TRUE_PLACE): string {
  const picture = printed(text);
  const row = alignedRow(picture, believed(text, off), shapes);
  return readCells(picture, row, shapes, everything(text))
    .map((cell) => cell?.text ?? '?')
    .join('');
}

describe('characters by their shape', () => {
  test('every character is read as itself, and fillers beside letters as fillers', () => {
    expect(read(MRZ_ALPHABET)).toBe(MRZ_ALPHABET);
    expect(read('KAKKONEN<<KIRK<K<<<<<<<<<<<<<<')).toBe('KAKKONEN<<KIRK<K<<<<<<<<<<<<<<');
  });

  test.each([
    { across: 6, pitch: 1, down: 0 },
    { across: -5, pitch: 1.008, down: 4 },
    { across: 3, pitch: 0.992, down: -4 },
  ])('columns that were found askew are put right: $across $pitch $down', (off) => {
    expect(read('L898902C36UTO7408122F1204159ZE184226B<<<<<10', off)).toBe(
      'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
    );
  });

  test('an empty and a blackened column are nothing', () => {
    expect(read('P<UTOERIK SON<<ANNA#MARIA<<<<<')).toBe('P<UTOERIK?SON<<ANNA?MARIA<<<<<');
  });

  test('what cannot stand in a column is not read there', () => {
    const picture = printed('O0O0O0O0O0O0O0O0O0O0');
    const digits = Array.from({ length: 20 }, () => new Set('0123456789'));
    const cells = readCells(picture, believed('O0O0O0O0O0O0O0O0O0O0', TRUE_PLACE), shapes, digits);
    expect(cells.map((cell) => cell?.text).join('')).toBe('0'.repeat(20));
  });
});

test('columns without a check digit are names, states, sex and the document’s code', () => {
  const unchecked = Array.from({ length: 44 }, (_, column) => column).filter((column) => !isChecked('TD3', 1, column));
  expect(unchecked).toEqual([10, 11, 12, 20]);
  expect(isChecked('TD3', 0, 20)).toBe(false);
  expect([...allowedAt('TD3', 1, 20)].join('')).toBe('MFX<');
});

test('a curve passes over points that are far off, and needs enough of them', () => {
  const points = Array.from({ length: 20 }, (_, at) => ({ at, value: 1 + 0.2 * at - 0.01 * at * at, weight: 1 }));
  const spoiled = points.map((point, i) => (i === 7 ? { ...point, value: 30 } : point));
  expect(valueAt(weightedCurve(spoiled)!, 12)).toBeCloseTo(1 + 2.4 - 1.44, 1);
  expect(weightedCurve(points.slice(0, 5))).toBeNull();
});
