import { describe, expect, test } from 'vitest';
import { Presentation } from '../../../src/main/card-reader/vendor-services/presentation.ts';

/** Runs waits, each a string of answers: `-` none, `?` unreadable, a letter a card. Gives what each wait took. */
function taken(...waits: readonly string[]): readonly (string | null)[] {
  const presentation = new Presentation();
  return waits.map((answers) => {
    presentation.beginWait();
    for (const answer of answers) {
      if (answer === '-') presentation.empty();
      else if (answer === '?') {
        if (presentation.isUnreadableNew()) return '?';
      } else if (presentation.isNew(answer)) {
        presentation.take(answer);
        return answer;
      }
    }
    return null;
  });
}

describe('whether a card was presented now', () => {
  test('a card that comes after none was', () => {
    expect(taken('-A')).toEqual(['A']);
    expect(taken('---A', '-B')).toEqual(['A', 'B']);
  });

  test('one that the service gives from the start may be from before', () => {
    expect(taken('AAAA')).toEqual([null]);
    expect(taken('-A', 'BBBB')).toEqual(['A', null]);
  });

  test('the one that was taken never counts again without none in between', () => {
    expect(taken('-A', 'AAAA')).toEqual(['A', null]);
    expect(taken('-A', 'AA--A')).toEqual(['A', 'A']);
  });

  test('one answer of none is not enough for the same card: it may have been badly read', () => {
    expect(taken('-A', 'A-A')).toEqual(['A', null]);
    expect(taken('-A', '-A-A-A')).toEqual(['A', null]);
    expect(taken('-A', '-AB')).toEqual(['A', 'B']);
  });

  test('one that takes the place of another was, even from a service that never says none', () => {
    expect(taken('-A', 'AAB')).toEqual(['A', 'B']);
    expect(taken('AB', 'BBC')).toEqual(['B', 'C']);
    expect(taken('-A', 'BA')).toEqual(['A', null]);
  });

  test('what an earlier wait saw says nothing about a later one', () => {
    expect(taken('---', 'A')).toEqual([null, null]);
    expect(taken('A', 'B')).toEqual([null, null]);
  });

  test('a bad one counts when it comes after none, and takes no place', () => {
    expect(taken('-?')).toEqual(['?']);
    expect(taken('???')).toEqual([null]);
    expect(taken('A?A?A')).toEqual([null]);
    expect(taken('-A', 'B?A')).toEqual(['A', null]);
  });
});
