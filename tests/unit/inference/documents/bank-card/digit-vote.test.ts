import { describe, expect, it } from 'vitest';
import {
  placedDigits,
  voted,
  type RowReading,
} from '../../../../../src/main/inference/documents/bank-card/digit-vote.ts';

/** A reading whose digits stand 40 pixels apart; `x` is a place where nothing was read. */
function reading(text: string, confidence = 0.95, from = 0): RowReading {
  const digits = [...text].flatMap((digit, at) => {
    if (digit === 'x') return [];
    const odds = Array<number>(10).fill(0);
    odds[Number(digit)] = confidence;
    return [{ at: from + 20 + 40 * at, odds }];
  });
  return { from, to: from + 40 * text.length, digits };
}

function textOf(readings: readonly RowReading[]): string | undefined {
  return voted(readings)
    ?.digits.map(({ digit }) => digit)
    .join('');
}

describe('a vote over readings of a row', () => {
  it('takes what most say, and tells what else was said', () => {
    const vote = voted([reading('4111'), reading('4171', 0.9), reading('4111')])!;
    expect(vote.digits.map(({ digit }) => digit).join('')).toBe('4111');
    expect(vote.digits[0]!.confidence).toBeCloseTo((0.95 + 0.9 + 0.95) / 3);
    expect(vote.digits[2]!.confidence).toBeCloseTo((2 * 0.95) / 3);
    expect(vote.digits[2]!.second.digit).toBe('7');
    expect(vote.digits[2]!.second.confidence).toBeCloseTo(0.3);
    expect(vote.stray).toBe(0);
  });

  it('keeps a digit that one reading lost, less sure of it', () => {
    const vote = voted([reading('6222'), reading('6x22'), reading('6222')])!;
    expect(vote.digits).toHaveLength(4);
    expect(vote.digits[1]!.confidence).toBeCloseTo((2 * 0.95) / 3);
  });

  it('leaves out a digit that only one reading has, and says so', () => {
    const vote = voted([reading('622x'), reading('6221'), reading('622x')])!;
    expect(vote.digits.map(({ digit }) => digit).join('')).toBe('622');
    expect(vote.stray).toBeCloseTo(1 / 3);
  });

  it('asks only the readings that look at a place', () => {
    expect(textOf([reading('1234'), reading('56', 0.95, 160)])).toBe('123456');
    expect(voted([reading('1234'), reading('56', 0.95, 160)])!.digits.at(-1)!.confidence).toBeCloseTo(0.95);
  });

  it('is none where nothing was read', () => {
    expect(voted([])).toBeNull();
    expect(voted([reading('xxxx')])).toBeNull();
  });
});

describe('digits of a line', () => {
  it('are those that may be one, where they stand', () => {
    const digits = placedDigits(
      [
        { text: '4', confidence: 0.9, at: 0.25, others: [{ text: '9', confidence: 0.08 }] },
        { text: 'B', confidence: 0.6, at: 0.5, others: [{ text: '8', confidence: 0.3 }] },
        { text: 'T', confidence: 0.9, at: 0.75, others: [] },
      ],
      100,
      300,
    );
    expect(digits.map(({ at }) => at)).toEqual([150, 200]);
    expect(digits[0]!.odds[4]).toBe(0.9);
    expect(digits[0]!.odds[9]).toBe(0.08);
    expect(digits[1]!.odds[8]).toBe(0.3);
  });
});
