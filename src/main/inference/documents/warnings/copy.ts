import type { JudgedDocument } from '../contract.ts';
import { scoreAgainst } from './cue.ts';
import type { GroundLight } from './ground-light.ts';
import type { LumaPlane } from './luma-plane.ts';
import type { Periodicity } from './periodicity.ts';
import { portraitGrain } from './portrait-grain.ts';
import { quantile } from './smooth-surface.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/** All but this share of the cells are less coloured: a portrait or an emblem fills more. */
const COLOURED_SHARE = 0.03;

/** How colourful the card is against the colour of its light. */
export function colourOf({ redness, blueness }: GroundLight): number {
  return quantile(
    redness.map((red, cell) => Math.hypot(red, blueness[cell]!)),
    1 - COLOURED_SHARE,
  );
}

/** 0..1: how little colour the card has. A bank card may be grey itself: it has no such score. */
export function greyScore(light: GroundLight): number {
  return scoreAgainst(CUE_LIMITS.colour, Math.max(0.001, colourOf(light)));
}

/**
 * 0..1: how much the card looks printed by a copier, in colour or not. On a bank card, which may have grain anywhere,
 * only dots that repeat in brightness and not in colour count.
 */
export function copyScore(page: JudgedDocument['page'], luma: LumaPlane, periodicity: Periodicity): number {
  if (page !== 'bank-card') return scoreAgainst(portraitGrain(page, luma), CUE_LIMITS.portraitGrain);
  const dots = periodicity.colouredPower < CUE_LIMITS.colouredPower ? periodicity.fine / CUE_LIMITS.finePeak : 0;
  return scoreAgainst(dots ** 4, 1);
}
