import fc from 'fast-check';
import { normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRange, within } from '../../../src/main/app/served-file.ts';

describe('within', () => {
  it('gives files inside of the folder', () => {
    expect(within('/srv/app', 'kiosk/index.html')).toBe(normalize('/srv/app/kiosk/index.html'));
  });

  it.each(['../secret', 'a/../../secret', '/../secret', 'a\0b', '..', '../app2/x'])(
    'refuses to leave it: %j',
    (name) => {
      expect(within('/srv/app', name)).toBeNull();
    },
  );

  it('never leaves the folder, whatever the name', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', 'a', '/', '\\', '%2e', '\0', 'ü')), (parts) => {
        const file = within('/srv/app', parts.join('/'));
        expect(file === null || file.startsWith(normalize(`/srv/app${sep}`))).toBe(true);
      }),
      { seed: 7 },
    );
  });
});

describe('parseRange', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=50-1000', { start: 50, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=9-5', 'unsatisfiable'],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['lines=1-2', null],
  ] as const)('%s', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });
});
