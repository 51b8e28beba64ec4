import type { LightChallenge, LightColour, Srgb } from '../../shared/domain/challenge.ts';
import type { CodeMemory } from './code-memory.ts';
import { isPhotosensitiveSafe } from './light-safety.ts';
import { toSrgb, type LinearRgb } from '../../shared/domain/linear-light.ts';
import { uniformInt, type RandomBytes } from './random-choice.ts';

export const LIGHT_PALETTES = ['vivid', 'gentle'] as const;
export type LightPalette = (typeof LIGHT_PALETTES)[number];

/**
 * Linear-light colours. `vivid` has a red of 73 % share, below WCAG's 80 % for saturated red. `gentle` is
 * isoluminant (Y = 0.33 ± 0.005), so that it has no general flash at all; for people who ask for less flashing.
 */
const LINEAR_COLOURS: Record<LightPalette, readonly LinearRgb[]> = {
  vivid: [
    [1, 0.25, 0.12],
    [0, 1, 0],
    [0, 0, 1],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
  ],
  gentle: [
    [0.8, 0.2, 0.2],
    [0.1, 0.42, 0.1],
    [0.2, 0.3, 1],
    [0.05, 0.36, 0.8],
    [0.75, 0.14, 0.95],
    [0.6, 0.28, 0.02],
  ],
};

export const PALETTE_COLOURS: Readonly<Record<LightPalette, readonly Srgb[]>> = {
  vivid: LINEAR_COLOURS.vivid.map(toSrgb),
  gentle: LINEAR_COLOURS.gentle.map(toSrgb),
};

export const LIGHT_SLOTS = [10, 12] as const;
export type LightSlots = (typeof LIGHT_SLOTS)[number];
/** What a kiosk issues: 2.5 s on screen. */
export const DEFAULT_LIGHT_SLOTS: LightSlots = 10;

export const LEAD_IN_MS = 250;
export const TAIL_MS = 200;
/** Each colour is reached by a cross-fade, which is easier on the eye; a third of a slot, so that its colour stands. */
export const FADE_MS = 66;
/** Lead-in, colours and tail together, on screen. */
export const ON_SCREEN_LIMIT_MS = 3_000;
const NOMINAL_SLOT_MS: Record<LightSlots, number> = { 10: 205, 12: 205 };
/**
 * Each slot is shorter or longer by this or stays: an old recording then misses the edges too. The shortest, 190 ms,
 * is above a sixth of a second even where a slow screen cuts it by a tenth: never more than three flashes a second.
 */
const JITTER_MS = 15;
const NONCE_BYTES = 16;

export interface LightChallengeRequest {
  readonly randomBytes: RandomBytes;
  readonly palette: LightPalette;
  readonly slots: LightSlots;
  /** Sequences that this device has used lately; one that resembles them is drawn again. */
  readonly recent?: CodeMemory;
}

function drawColours(randomBytes: RandomBytes, palette: LightPalette, slots: number): Srgb[] {
  const choices = PALETTE_COLOURS[palette];
  const drawn: Srgb[] = [];
  while (drawn.length < slots) {
    const colour = choices[uniformInt(randomBytes, choices.length)]!;
    if (drawn.at(-1) !== colour) drawn.push(colour);
  }
  return drawn;
}

/** More draws than this without a fresh sequence mean a broken source of randomness. */
const MAX_DRAWS = 100;

function drawFreshColours({ randomBytes, palette, slots, recent }: LightChallengeRequest): Srgb[] {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const drawn = drawColours(randomBytes, palette, slots);
    if (recent?.resembles(drawn)) continue;
    recent?.remember(drawn);
    return drawn;
  }
  throw new Error(`${MAX_DRAWS} drawn light challenges all resemble recent ones`);
}

function drawDurations(randomBytes: RandomBytes, slots: LightSlots): number[] {
  const limitMs = ON_SCREEN_LIMIT_MS - LEAD_IN_MS - TAIL_MS;
  for (;;) {
    const durations = Array.from(
      { length: slots },
      () => NOMINAL_SLOT_MS[slots] + JITTER_MS * (uniformInt(randomBytes, 3) - 1),
    );
    if (durations.reduce((sum, ms) => sum + ms, 0) <= limitMs) return durations;
  }
}

/**
 * Draws a light challenge: a fresh 128-bit nonce, uniformly random colours without neighbours alike, jittered slots,
 * at most 3 s on screen. `randomBytes` must be cryptographically strong outside of tests. Times of issue and expiry
 * are the caller's to add.
 */
export function issueLightChallenge(request: LightChallengeRequest): LightChallenge {
  const { randomBytes, slots } = request;
  const nonce = Array.from(randomBytes(NONCE_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const durations = drawDurations(randomBytes, slots);
  let startMs = LEAD_IN_MS;
  const colours = drawFreshColours(request).map((rgb, i): LightColour => {
    const colour = { rgb, startMs, durationMs: durations[i]! };
    startMs += colour.durationMs;
    return colour;
  });
  const challenge: LightChallenge = {
    kind: 'light',
    nonce,
    colours,
    leadInMs: LEAD_IN_MS,
    tailMs: TAIL_MS,
    fadeMs: FADE_MS,
  };
  if (!isPhotosensitiveSafe(challenge)) throw new Error('a drawn light challenge breaks the flash limit');
  return challenge;
}
