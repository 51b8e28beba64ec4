import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lightChallengeSchema,
  NEUTRAL_RGB,
  type LightChallenge,
  type Srgb,
} from '../../../src/shared/domain/challenge.ts';
import {
  issueLightChallenge,
  LIGHT_PALETTES,
  LIGHT_SLOTS,
  ON_SCREEN_LIMIT_MS,
  PALETTE_COLOURS,
} from '../../../src/main/liveness/light-challenge.ts';
import { countFlashes, isPhotosensitiveSafe } from '../../../src/main/liveness/light-safety.ts';
import { luminanceOf, toLinear } from '../../../src/shared/domain/linear-light.ts';
import { seededBytes } from './synthetic-light.ts';

const palettes = fc.constantFrom(...LIGHT_PALETTES);
const slotCounts = fc.constantFrom(...LIGHT_SLOTS);

function blinking(colours: readonly LightChallenge['colours'][number]['rgb'][], slotMs: number): LightChallenge {
  return {
    kind: 'light',
    nonce: '0'.repeat(32),
    colours: colours.map((rgb, i) => ({ rgb, startMs: 250 + i * slotMs, durationMs: slotMs })),
    leadInMs: 250,
    tailMs: 200,
  };
}

function cutBy(factor: number, challenge: LightChallenge): LightChallenge {
  const colours = challenge.colours.map((colour) => ({
    ...colour,
    startMs: factor * colour.startMs,
    durationMs: factor * colour.durationMs,
  }));
  return { ...challenge, colours };
}

describe('flash counter', () => {
  it('counts three general flashes a second for black and white at 6 changes a second', () => {
    const colours = Array.from({ length: 12 }, (_, i): Srgb => (i % 2 ? [0, 0, 0] : [255, 255, 255]));
    expect(countFlashes(blinking(colours, 1_000 / 5.9)).general).toBe(3);
    expect(isPhotosensitiveSafe(blinking(colours, 100))).toBe(false);
  });

  it('counts red flashes for saturated red and none for the red of the palette', () => {
    const pure = Array.from({ length: 12 }, (_, i): Srgb => (i % 2 ? [90, 90, 90] : [255, 0, 0]));
    expect(countFlashes(blinking(pure, 100)).red).toBe(5.5);
    const palette = pure.map((rgb): Srgb => (rgb[0] === 255 ? PALETTE_COLOURS.vivid[0]! : rgb));
    expect(countFlashes(blinking(palette, 100)).red).toBe(0);
  });

  it('counts changes that go on in the same direction as one', () => {
    const rising = [40, 100, 140, 180, 220, 255].map((v) => [v, v, v] as [number, number, number]);
    // Down from the neutral field, up in six steps, down to it again: three changes.
    expect(countFlashes(blinking(rising, 100)).general).toBe(1.5);
  });
});

describe('issued light challenges', () => {
  it('stay under the flash limits, the screen time and the schema for 10,000 seeds', () => {
    fc.assert(
      fc.property(fc.integer(), palettes, slotCounts, (seed, palette, slots) => {
        const challenge = issueLightChallenge({ randomBytes: seededBytes(seed), palette, slots });
        const { general, red } = countFlashes(challenge);
        const last = challenge.colours.at(-1)!;
        expect(lightChallengeSchema.safeParse(challenge).success).toBe(true);
        expect(general).toBeLessThanOrEqual(palette === 'gentle' ? 0 : 3);
        expect(red).toBe(0);
        expect(challenge.colours).toHaveLength(slots);
        const onScreenMs = last.startMs + last.durationMs + challenge.tailMs;
        expect(onScreenMs).toBeLessThanOrEqual(slots === 10 ? 2_650 : ON_SCREEN_LIMIT_MS);
        expect(challenge.leadInMs).toBe(250);
        // A slow screen cuts a colour by a tenth at most, and the slowest camera that is accepted sees it twice.
        const shortestMs = Math.min(...challenge.colours.map(({ durationMs }) => durationMs));
        expect(countFlashes(cutBy(0.9, challenge)).general).toBeLessThanOrEqual(3);
        expect(0.9 * shortestMs).toBeGreaterThanOrEqual(2 * (1_000 / 15));
        expect(challenge.fadeMs).toBeLessThan(shortestMs / 2);
        challenge.colours.forEach((colour, i) => {
          const before = challenge.colours[i - 1];
          expect(colour.startMs).toBe(before ? before.startMs + before.durationMs : challenge.leadInMs);
          expect(colour.rgb).not.toEqual(before?.rgb);
        });
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);

  it('draw every colour and every neighbour equally often', () => {
    const randomBytes = seededBytes('uniform');
    const single = new Map<string, number>();
    const pairs = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const { colours } = issueLightChallenge({ randomBytes, palette: 'vivid', slots: 10 });
      single.set(String(colours[0]!.rgb), (single.get(String(colours[0]!.rgb)) ?? 0) + 1);
      const pair = `${String(colours[4]!.rgb)} ${String(colours[5]!.rgb)}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    // Five standard deviations of a binomial around the expectation.
    expect(single.size).toBe(6);
    for (const count of single.values()) expect(Math.abs(count - 1_000)).toBeLessThan(145);
    expect(pairs.size).toBe(30);
    for (const count of pairs.values()) expect(Math.abs(count - 200)).toBeLessThan(70);
  });

  it('repeat for the same seed and differ in nonce for another', () => {
    const request = { palette: 'vivid', slots: 10 } as const;
    const first = issueLightChallenge({ ...request, randomBytes: seededBytes(1) });
    expect(issueLightChallenge({ ...request, randomBytes: seededBytes(1) })).toEqual(first);
    expect(issueLightChallenge({ ...request, randomBytes: seededBytes(2) }).nonce).not.toBe(first.nonce);
  });

  it('keep the gentle palette isoluminant with the neutral field', () => {
    for (const rgb of [...PALETTE_COLOURS.gentle, NEUTRAL_RGB]) {
      expect(Math.abs(luminanceOf(toLinear(rgb)) - 0.33)).toBeLessThan(0.006);
    }
  });
});
