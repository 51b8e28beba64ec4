import type { Point, RectifiedCard } from '../contract.ts';
import { scoreAgainst } from './cue.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/** A corner this near to the picture's border, in shares of the card's width, is taken to lie beyond it. */
const AT_BORDER = 0.004;

/**
 * 0..1: how much of the card lies outside of the picture. A picture that is nothing but the card (a scan, a cropped
 * file) isn't cut by that.
 */
export function borderCutScore({ quad, source, cut }: RectifiedCard): number {
  if (quad === null) return 0;
  const width = Math.max(1, distance(quad[0], quad[1]), distance(quad[3], quad[2]));
  const sides = sidesBeyond(quad, source.width, source.height, AT_BORDER * width);
  if (sides === 4 && depthBeyond(quad, source.width, source.height) / width < AT_BORDER) return 0;
  const depth = depthBeyond(quad, source.width, source.height) / width;
  const certain = cut > 0 || sides > 0 ? CUE_LIMITS.cutDepth : 0;
  return scoreAgainst(Math.max(depth, certain), CUE_LIMITS.cutDepth);
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

/** How far the farthest corner lies outside, in pixels. */
function depthBeyond(quad: readonly Point[], width: number, height: number): number {
  return Math.max(0, ...quad.map(([x, y]) => Math.max(-x, -y, x - (width - 1), y - (height - 1))));
}

/** Sides with both corners at or beyond the picture's border. */
function sidesBeyond(quad: readonly Point[], width: number, height: number, margin: number): number {
  const beyond = [
    ([x]: Point): boolean => x <= margin,
    ([, y]: Point): boolean => y <= margin,
    ([x]: Point): boolean => x >= width - 1 - margin,
    ([, y]: Point): boolean => y >= height - 1 - margin,
  ];
  return beyond.filter((side) => quad.filter(side).length >= 2).length;
}
