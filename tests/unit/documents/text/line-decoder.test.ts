import { describe, expect, it } from 'vitest';
import { classesWithin, classTexts, decodeLine } from '../../../../src/main/inference/documents/text/line-decoder.ts';

const TEXTS = classTexts(['1', '7', 'I']);

/** One row of probabilities a step: blank, 1, 7, I, space. */
const scores = (...rows: readonly (readonly number[])[]) => ({
  steps: rows.length,
  classes: TEXTS.length,
  probabilities: Float32Array.from(rows.flat()),
});

const near = (value: number): unknown => expect.closeTo(value);

describe('decoding a line', () => {
  it('makes one character of repetitions, two of what a blank parts, and places them', () => {
    const characters = decodeLine(
      scores([0, 0.6, 0.4, 0, 0], [0, 0.9, 0.1, 0, 0], [0.9, 0.1, 0, 0, 0], [0, 0.8, 0, 0.2, 0]),
      TEXTS,
      null,
    );
    expect(characters.map(({ text, at }) => [text, at])).toEqual([
      ['1', 0.25],
      ['1', 0.875],
    ]);
    expect(characters[0]!.confidence).toBeCloseTo(0.9);
    expect(characters[0]!.others).toEqual([{ text: '7', confidence: near(0.1) }]);
    expect(characters[1]!.others).toEqual([{ text: 'I', confidence: near(0.2) }]);
  });

  it('takes a character of the alphabet with the probability that the model gave it, no more', () => {
    const row = scores([0.01, 0.2, 0.09, 0.7, 0]);
    expect(decodeLine(row, TEXTS, null)[0]!.text).toBe('I');
    const [restricted] = decodeLine(row, TEXTS, classesWithin(TEXTS, '17'));
    expect(restricted).toMatchObject({ text: '1', confidence: near(0.2) });
    expect(restricted!.others).toEqual([{ text: '7', confidence: near(0.09) }]);
  });

  it('knows that padding behind the line is none of it', () => {
    const [character] = decodeLine(
      scores([0.9, 0.1, 0, 0, 0], [0, 1, 0, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]),
      TEXTS,
      null,
      0.5,
    );
    expect(character!.at).toBe(0.75);
  });

  it('finds nothing in blanks', () => {
    expect(decodeLine(scores([1, 0, 0, 0, 0]), TEXTS, null)).toEqual([]);
  });
});
