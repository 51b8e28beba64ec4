import { describe, expect, it } from 'vitest';
import { gapsIn } from '../../../../src/main/inference/documents/id-card/gap.ts';
import { printedExtent } from '../../../../src/main/inference/documents/id-card/line-ink.ts';
import type { PlacedCharacter } from '../../../../src/main/inference/documents/id-card/placed-text.ts';

const EM = 0.04;

/** A line as it is printed; `□` is a character that was passed over. */
function line(printed: string): PlacedCharacter[] {
  let at = 0.2;
  const placed = [...printed].map((text) => {
    const width = /[!-~]/.test(text) ? 0.56 * EM : EM;
    at += width;
    return { text, x: at - width / 2 };
  });
  return placed
    .filter(({ text }) => text !== '□')
    .map((one) => ({
      ...one,
      confidence: 0.99,
      others: [],
      at: 0.5,
      y: 0.5,
      width: 1.05 * EM,
      height: 0.07,
      lineFrom: 0.197,
      lineTo: at + 0.003,
    }));
}

describe('gaps in a line', () => {
  it.each([
    ['上官焱□', [3]],
    ['上□焱', [1]],
    ['福建省龙岩市杏树□村387号', [8]],
    ['怒江□□族自治州', [2]],
    ['福建省龙岩市杏树村387号附16号', []],
    ['□岩满族自治县', [0]],
    ['林岚', []],
    ['18号院3号楼2单元506室', []],
  ])('%s', (printed, expected) => {
    expect(gapsIn(line(printed)).map(({ before }) => before)).toEqual(expected);
  });
});

describe('print beside what was read', () => {
  const [width, height] = [1000, 630];
  /** White paper with a box of strokes for each cell of the line that isn't blank. */
  function card(cells: readonly number[]): Parameters<typeof printedExtent>[0] {
    const rgb = new Uint8Array(3 * width * height).fill(230);
    for (const cell of cells) {
      const left = Math.round((0.2 + cell * EM) * width) + 4;
      for (let y = 300; y < 330; y++)
        for (let x = left; x < left + 32; x++)
          if (x % 4 < 3) rgb.fill(30, 3 * (y * width + x), 3 * (y * width + x) + 3);
    }
    return { width, height, rgb };
  }
  const read = line('上官焱');

  it.each([
    ['nothing', [0, 1, 2], 0.2, 0.32],
    ['one character behind', [0, 1, 2, 3], 0.2, 0.36],
    ['two behind', [0, 1, 2, 3, 4], 0.2, 0.4],
    ['one before', [-1, 0, 1, 2], 0.16, 0.32],
    ['something further on', [0, 1, 2, 5], 0.2, 0.32],
  ])('%s', (_, cells, from, to) => {
    const extent = printedExtent(card(cells), read, EM, { from: 0.1, to: 0.6 });
    expect(extent.from).toBeCloseTo(from);
    expect(extent.to).toBeCloseTo(to);
    expect(gapsIn(read, extent).length).toBe(from < 0.2 || to > 0.33 ? 1 : 0);
  });

  it('ends where values do', () => {
    expect(printedExtent(card([-1, 0, 1, 2]), read, EM, { from: 0.19, to: 0.6 }).from).toBeCloseTo(0.2);
  });
});
