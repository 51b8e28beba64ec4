import { describe, expect, it } from 'vitest';
import {
  digitRowsOf,
  quadAround,
  stackedRows,
} from '../../../../../src/main/inference/documents/bank-card/digit-rows.ts';
import type { ReadLine } from '../../../../../src/main/inference/documents/contract.ts';

function line(text: string, x: number, y: number, width: number, height = 60): ReadLine {
  const characters = [...text].map((character, at) => ({
    text: character,
    confidence: 0.9,
    at: (at + 0.5) / text.length,
    others: [],
  }));
  const quad = [
    [x, y] as const,
    [x + width, y] as const,
    [x + width, y + height] as const,
    [x, y + height] as const,
  ] as const;
  return { region: { quad, score: 0.9 }, text, characters };
}

describe('rows of digits', () => {
  it('join the pieces of a number that was found in several boxes', () => {
    const [row, ...others] = digitRowsOf([
      line('2233', 644, 331, 167),
      line('9558', 55, 330, 162),
      line('SPECIMEN 样本', 740, 120, 220, 30),
      line('8044', 251, 331, 160),
      line('442', 831, 329, 135),
      line('5511', 448, 329, 156),
      line('9558', 60, 396, 64, 24),
      line('05/30', 513, 471, 105, 34),
    ]);
    expect(row!.lines.map(({ text }) => text)).toEqual(['9558', '8044', '5511', '2233', '442']);
    expect(row).toMatchObject({ digits: 19, height: 60 });
    expect(others.map(({ digits }) => digits)).toEqual([4, 4]);
  });

  it('take letters that raised digits are read as, but no words', () => {
    const rows = digitRowsOf([
      line('6B2O 08OS', 100, 300, 300),
      line('BOSS 12', 100, 400, 200),
      line('GOLD', 500, 300, 90),
    ]);
    expect(rows.map((row) => row.lines.map(({ text }) => text))).toEqual([['6B2O 08OS']]);
  });

  it('follow a row that leans a little', () => {
    const rows = digitRowsOf([line('4000', 100, 300, 160), line('1234', 300, 308, 160), line('5678', 500, 316, 160)]);
    expect(rows).toHaveLength(1);
    const [, b, c] = quadAround(rows[0]!);
    expect(b[0]).toBeGreaterThan(650);
    expect((b[1] + c[1]) / 2).toBeCloseTo(347, -1);
  });

  it('stand one under the other where a card is narrow', () => {
    const rows = digitRowsOf([
      line('6999', 230, 430, 180, 52),
      line('0066', 230, 495, 180, 50),
      line('2911', 231, 560, 180, 52),
      line('5635', 230, 626, 180, 51),
      line('2030', 420, 800, 100, 34),
    ]);
    expect(stackedRows(rows)!.map((row) => row.lines[0]!.text)).toEqual(['6999', '0066', '2911', '5635']);
    expect(stackedRows(rows.slice(0, 2))).toBeNull();
  });
});
