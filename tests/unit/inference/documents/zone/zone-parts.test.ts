import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zoneOfReadings } from '../../../../../src/main/inference/documents/zone/choose-readings.ts';
import { columnAt, columnMiddle, fitGrid } from '../../../../../src/main/inference/documents/zone/column-grid.ts';
import { asSecondLine } from '../../../../../src/main/inference/documents/zone/second-line.ts';
import { longRows } from '../../../../../src/main/inference/documents/zone/text-rows.ts';
import { CARD_LINES, PASSPORT_LINES } from '../../../../support/mrz/swipes.ts';
import { TODAY } from '../../../../support/mrz/zone-contents.ts';

describe('columns', () => {
  test('are found with characters missing, jitter and perspective', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 15, max: 40, noNaN: true }),
        fc.double({ min: -0.0008, max: 0.0008, noNaN: true }),
        fc.array(fc.double({ min: -0.12, max: 0.12, noNaN: true }), { minLength: 44, maxLength: 44 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 42 }), { maxLength: 12 }),
        (pitch, growth, jitter, missing) => {
          const grid = { start: 9, pitch, growth: growth * pitch };
          const read = jitter.flatMap((off, i) =>
            missing.includes(i) ? [] : [[i, columnMiddle(grid, i) + off * pitch] as const],
          );
          const fitted = fitGrid(read.map(([, place]) => place));
          expect(fitted?.columns).toEqual(read.map(([column]) => column));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a place and its column are each other’s inverse', () => {
    const grid = { start: 12, pitch: 21, growth: 0.02 };
    for (const column of [0, 3.4, 29, 43]) expect(columnAt(grid, columnMiddle(grid, column))).toBeCloseTo(column, 6);
  });

  test('few characters are no grid', () => expect(fitGrid([1, 2, 3])).toBeNull());
});

/** A line as an engine gives it, 20 pixels a column, with half a column around. */
function lineOf(text: string): Parameters<typeof asSecondLine>[0] {
  const length = (text.length + 0.6) * 20;
  const characters = [...text].map((each, i) => ({
    text: each,
    confidence: 0.99,
    at: ((i + 0.8) * 20) / length,
    others: [],
  }));
  const quad = [[0, 0], [length, 0], [length, 30], [0, 30]] as const; // prettier-ignore
  return { region: { quad, score: 1 }, text, characters };
}

describe('the second line', () => {
  test.each([
    ['a passport', PASSPORT_LINES[1], 'TD3'],
    ['a card', CARD_LINES[1], 'TD1'],
    ['a large card', 'D231458907UTO7408122F1204159<<<<<<<6', 'TD2'],
  ])('of %s', (_, text, format) => {
    const found = asSecondLine(lineOf(text), (text.length + 0.6) * 20);
    expect(found).toMatchObject({ format });
    expect(columnMiddle(found!.grid, 0)).toBeCloseTo(16, 0);
  });

  test.each([PASSPORT_LINES[0], CARD_LINES[2], 'SPECIMEN<OF<A<TEXT<THAT<IS<NONE'])('is not %s', (text) => {
    expect(asSecondLine(lineOf(text), (text.length + 0.6) * 20)).toBeNull();
  });
});

test('pieces of a row are put together, whichever way round they are given', () => {
  const piece = (left: number, right: number, y: number) =>
    ({ quad: [[left, y], [right, y], [right, y + 30], [left, y + 30]], score: 1 }) as const; // prettier-ignore
  const [first, second] = longRows([piece(500, 800, 102), piece(100, 480, 100), piece(100, 820, 140)]);
  expect([first?.start, first?.end]).toEqual([[100, 155], [820, 155]]); // prettier-ignore
  expect([second?.start, second?.end]).toEqual([[100, 115], [800, 117]]); // prettier-ignore
  expect(longRows([piece(100, 820, 140)], false)[0]).toMatchObject({ start: [820, 155], end: [100, 155] });
});

describe('check digits choose only among likely readings', () => {
  const cells = (lines: readonly string[], doubt?: { readonly text: string; readonly confidence: number }) =>
    lines.map((line, at) =>
      [...line].map((text, i) => ({
        text,
        confidence: 0.9,
        likeness: 0.9,
        others: at === 1 && i === 5 && doubt ? [doubt] : [],
      })),
    );
  const misread = [PASSPORT_LINES[0], PASSPORT_LINES[1].replace('L898902', 'L8989O2')];

  test('a likely second reading that makes all agree is taken and listed', () => {
    expect(zoneOfReadings(cells(misread, { text: '0', confidence: 0.4 }), TODAY)).toMatchObject({
      ok: true,
      value: { lines: PASSPORT_LINES, failedChecks: [], repairs: [{ line: 2, column: 6, from: 'O', to: '0' }] },
    });
  });

  test.each([
    ['an unlikely one', { text: '0', confidence: 0.05 }],
    ['one that agrees no better', { text: 'Q', confidence: 0.4 }],
  ])('%s is not', (_, doubt) => {
    expect(zoneOfReadings(cells(misread, doubt), TODAY)).toMatchObject({
      ok: true,
      value: { lines: misread, failedChecks: ['documentNumber', 'composite'], repairs: [] },
    });
  });
});
