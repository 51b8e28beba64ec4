import { describe, expect, it } from 'vitest';
import { gapsIn } from '../../../../src/main/inference/documents/id-card/gap.ts';
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
