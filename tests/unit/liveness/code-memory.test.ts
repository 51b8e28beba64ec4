import { describe, expect, it } from 'vitest';
import { createCodeMemory, REMEMBERED_CODES } from '../../../src/main/liveness/code-memory.ts';
import { issueLightChallenge, PALETTE_COLOURS } from '../../../src/main/liveness/light-challenge.ts';
import type { Srgb } from '../../../src/shared/domain/challenge.ts';
import { seededBytes } from './synthetic-light.ts';

const [red, green, blue, cyan, magenta, yellow] = PALETTE_COLOURS.vivid as unknown as readonly [
  Srgb,
  Srgb,
  Srgb,
  Srgb,
  Srgb,
  Srgb,
];

describe('a memory of colour sequences', () => {
  it('knows a sequence again, one colour changed and turned into its opposite', () => {
    const memory = createCodeMemory();
    const sequence = [red, green, blue, cyan, magenta, yellow, red, blue, green, cyan];
    memory.remember(sequence);
    expect(memory.resembles(sequence)).toBe(true);
    expect(memory.resembles(sequence.with(4, blue))).toBe(true);
    const opposite = sequence.map(([r, g, b]): Srgb => [255 - r, 255 - g, 255 - b]);
    expect(memory.resembles(opposite)).toBe(true);
    expect(memory.resembles([yellow, red, yellow, blue, cyan, green, magenta, green, yellow, red])).toBe(false);
    expect(memory.resembles(sequence.slice(0, 8))).toBe(false);
  });

  it('forgets the oldest', () => {
    const memory = createCodeMemory(2);
    const sequences = [
      [red, green, blue, cyan],
      [yellow, blue, yellow, blue],
      [magenta, green, cyan, red],
    ];
    for (const sequence of sequences) memory.remember(sequence);
    expect(sequences.map((sequence) => memory.resembles(sequence))).toEqual([false, true, true]);
  });

  it('keeps 2,000 issued challenges in a row apart from the 200 before each', () => {
    const randomBytes = seededBytes('memory');
    const recent = createCodeMemory();
    const issued: (readonly Srgb[])[] = [];
    for (let i = 0; i < 2_000; i++) {
      const challenge = issueLightChallenge({ randomBytes, palette: 'gentle', slots: 10, recent });
      issued.push(challenge.colours.map(({ rgb }) => rgb));
    }
    const check = createCodeMemory(REMEMBERED_CODES);
    for (const colours of issued) {
      expect(check.resembles(colours)).toBe(false);
      check.remember(colours);
    }
  });

  it('refuses a source of randomness that repeats itself', () => {
    let next = 0;
    const randomBytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => next++ % 6);
    const request = { randomBytes, palette: 'vivid', slots: 10, recent: createCodeMemory() } as const;
    expect(() => {
      for (let i = 0; i < 20; i++) issueLightChallenge(request);
    }).toThrow('resemble recent ones');
  });
});
