import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyBurst, KEYS_OF_A_READER, type KeyPress } from '../../../src/main/app/key-burst.ts';
import { buildZone } from '../../../src/shared/domain/mrz-build.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';
import { CARD_LINES, PASSPORT_LINES } from '../../support/mrz/swipes.ts';
import { TODAY, zoneContents } from '../../support/mrz/zone-contents.ts';

function bench() {
  const timing = new VirtualTiming();
  const told: unknown[] = [];
  const burst = createKeyBurst({
    setTimer: timing.setTimer,
    today: () => TODAY,
    onZone: ({ lines }) => told.push(lines),
    onFailure: ({ code }) => told.push(code),
  });
  let timeMs = 0;
  /** Presses keys `gapMs` apart and gives those that reach the page. */
  const type = (keys: readonly string[], gapMs: number): readonly string[] =>
    keys.filter((key) => !burst.take({ key, timeMs: (timeMs += gapMs) }));
  return { timing, told, burst, type, later: (ms: number) => (timeMs += ms) };
}

const keysOf = (lines: readonly string[], end = 'Enter'): readonly string[] => lines.flatMap((line) => [...line, end]);

describe('a reader that types', () => {
  test.each([
    ['a passport', PASSPORT_LINES, 'Enter'],
    ['a card', CARD_LINES, 'Enter'],
    ['with tabs', PASSPORT_LINES, 'Tab'],
  ])('%s: only its first keys reach the page, no Enter among them', (_, lines, end) => {
    const { type, told } = bench();
    expect(type(keysOf(lines, end), 5)).toEqual([...lines[0]].slice(0, KEYS_OF_A_READER - 1));
    expect(told).toEqual([lines]);
  });

  test('any zone at any speed that is no typing', () => {
    fc.assert(
      fc.property(zoneContents(), fc.integer({ min: 0, max: 29 }), (contents, gapMs) => {
        const { type, told } = bench();
        const lines = buildZone(contents);
        expect(type(keysOf(lines), gapMs)).toHaveLength(KEYS_OF_A_READER - 1);
        expect(told).toEqual([lines]);
      }),
      { numRuns: 200 },
    );
  });

  test('without an end sign it ends by itself', async () => {
    const { type, told, timing } = bench();
    type(keysOf(PASSPORT_LINES).slice(0, -1), 4);
    expect(told).toEqual([]);
    await timing.pass(300);
    expect(told).toEqual([PASSPORT_LINES]);
    expect(timing.pendingTimers).toBe(0);
  });

  test('a wrong check digit and half a swipe are failures', async () => {
    const { type, told, timing, later } = bench();
    type(keysOf([PASSPORT_LINES[0], PASSPORT_LINES[1].replace('740812', '740813')]), 4);
    later(1000);
    type(keysOf([PASSPORT_LINES[0]]), 4);
    await timing.pass(300);
    expect(told).toEqual(['mrz.check-digit', 'mrz.malformed']);
  });

  test('two swipes in a row, the second one in small letters', () => {
    const { type, told, later } = bench();
    type(keysOf(PASSPORT_LINES), 3);
    later(500);
    type(keysOf(CARD_LINES.map((line) => line.toLowerCase())), 3);
    expect(told).toEqual([PASSPORT_LINES, CARD_LINES]);
  });

  test('the shift keys of its fillers neither end it nor count', () => {
    const { type, told } = bench();
    const keys = keysOf(PASSPORT_LINES).flatMap((key) => (key === '<' ? ['Shift', key] : [key]));
    const passed = type(keys, 2);
    expect(passed.filter((key) => key !== 'Shift')).toHaveLength(KEYS_OF_A_READER - 1);
    expect(told).toEqual([PASSPORT_LINES]);
  });

  test('under an input method the places of the keys are read', () => {
    const { burst, told } = bench();
    const codeOf = (key: string): Partial<KeyPress> & { readonly code: string } => {
      if (key === 'Enter') return { code: 'Enter' };
      if (key === '<') return { code: 'Comma', shift: true };
      return { code: /\d/.test(key) ? `Digit${key}` : `Key${key}` };
    };
    keysOf(PASSPORT_LINES).forEach((key, at) => burst.take({ key: 'Process', timeMs: at * 4, ...codeOf(key) }));
    expect(told).toEqual([PASSPORT_LINES]);
  });

  test('a scanner of bar codes is kept from the page too, but is no failure', async () => {
    const { type, told, timing } = bench();
    expect(type([...'6901234567892', 'Enter'], 5)).toEqual(['6', '9', '0']);
    await timing.pass(300);
    expect(told).toEqual([]);
  });
});

describe('people who type', () => {
  const key = fc.constantFrom(...'ABCXYZ019<', 'Enter', 'Tab', ' ', 'Backspace', 'ArrowLeft', 'Escape', 'Shift', 'é');

  test('every key that comes 30 ms or more after the one before reaches the page', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer({ min: 30, max: 2000 })), { maxLength: 120 }), (presses) => {
        const { burst, told } = bench();
        let timeMs = 0;
        for (const [name, gapMs] of presses) expect(burst.take({ key: name, timeMs: (timeMs += gapMs) })).toBe(false);
        expect(told).toEqual([]);
      }),
    );
  });

  test('so does every key after a swipe, and every key that no reader types', () => {
    const { type, told } = bench();
    type(keysOf(PASSPORT_LINES), 3);
    expect(type(['Enter', 'a', 'Escape', 'F5'], 40)).toEqual(['Enter', 'a', 'Escape', 'F5']);
    expect(type(['Escape', 'Escape', 'ArrowUp', 'F1', 'F2'], 1)).toHaveLength(5);
    expect(told).toEqual([PASSPORT_LINES]);
  });

  test('whatever is pressed, nothing throws and at most one swipe is told for each 20 keys', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(key, fc.integer({ min: 0, max: 60 })), { maxLength: 300 }),
        async (presses) => {
          const { burst, told, timing } = bench();
          let timeMs = 0;
          for (const [name, gapMs] of presses) burst.take({ key: name, timeMs: (timeMs += gapMs) });
          await timing.pass(1000);
          expect(told.length).toBeLessThanOrEqual(presses.length / 20);
          expect(timing.pendingTimers).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
