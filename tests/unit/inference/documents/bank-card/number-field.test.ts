import { describe, expect, it } from 'vitest';
import type { VotedDigit } from '../../../../../src/main/inference/documents/bank-card/digit-vote.ts';
import { numberFieldOf } from '../../../../../src/main/inference/documents/bank-card/number-field.ts';
import type { ReadRow } from '../../../../../src/main/inference/documents/bank-card/number-reading.ts';

const CARD = { width: 1000, height: 600 };

function row(text: string, changes: Readonly<Record<number, Partial<VotedDigit>>> = {}, stray = 0): ReadRow {
  const digits = [...text].map((digit, at): VotedDigit => ({
    at: 40 * at,
    digit,
    confidence: 0.95,
    second: { digit: '0', confidence: 0 },
    ...changes[at],
  }));
  return { place: { from: [100, 300], to: [900, 300], height: 60 }, vote: { digits, stray }, readings: [] };
}

describe('the number of a bank card', () => {
  it('is sure when it checks and every digit is clear', () => {
    expect(numberFieldOf([row('4111111111111111')], CARD)).toEqual({
      text: '4111111111111111',
      confidence: 0.95,
      doubt: null,
      box: { x: 0.1, y: 0.45, width: expect.closeTo(0.8) as number, height: expect.closeTo(0.1) as number },
    });
  });

  it('is given as it was read when it does not check, however sure its digits are', () => {
    const field = numberFieldOf([row('4111111111111112')], CARD);
    expect(field).toMatchObject({ text: '4111111111111112', doubt: 'check-digit' });
  });

  it('does not take a second-best digit to make it check', () => {
    const likely = row('4111111111111112', { 15: { confidence: 0.8, second: { digit: '1', confidence: 0.2 } } });
    expect(numberFieldOf([likely], CARD)).toMatchObject({ text: '4111111111111112', doubt: 'check-digit' });
  });

  it('lets the check decide between two digits that are as likely, and is unclear then', () => {
    const tie = row('4111111111111112', { 15: { confidence: 0.5, second: { digit: '1', confidence: 0.45 } } });
    expect(numberFieldOf([tie], CARD)).toMatchObject({ text: '4111111111111111', doubt: 'unclear', confidence: 0.45 });
    const two = row('4111111111111112', {
      3: { confidence: 0.5, second: { digit: '7', confidence: 0.45 } },
      15: { confidence: 0.5, second: { digit: '1', confidence: 0.45 } },
    });
    expect(numberFieldOf([two], CARD)).toMatchObject({ text: '4111111111111112', doubt: 'check-digit' });
  });

  it('is unclear with a weak digit, or with one that some readings see and others do not', () => {
    const weak = row('4111111111111111', { 7: { confidence: 0.4 } });
    expect(numberFieldOf([weak], CARD)).toMatchObject({ doubt: 'unclear', confidence: 0.4 });
    expect(numberFieldOf([row('4111111111111111', {}, 0.4)], CARD)).toMatchObject({ doubt: 'unclear' });
  });

  it('has the wrong form when no card of its scheme is that long', () => {
    expect(numberFieldOf([row('411111111111')], CARD).doubt).toBe('form');
    expect(numberFieldOf([row('37828224631000')], CARD).doubt).toBe('form');
    expect(numberFieldOf([row('62220200000000000037')], CARD).doubt).toBe('form');
  });

  it('goes on in the next row where it stands in several', () => {
    expect(numberFieldOf([row('4111'), row('1111'), row('1111'), row('1111')], CARD)).toMatchObject({
      text: '4111111111111111',
      doubt: null,
    });
  });
});
