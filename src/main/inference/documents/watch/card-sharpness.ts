import type { Frame } from '../../frame.ts';
import type { Point, Quad } from '../contract.ts';

/** An edge has to change brightness by this share of the card's own contrast, and by so many levels. */
const LEAST_SHARE = 0.3;
const LEAST_LEVELS = 24;
/** Changes below this many levels a pixel end an edge. */
const FLAT = 2;
const LONGEST_EDGE = 40;
const LEAST_EDGES = 24;
/** A sharp picture, too, has soft edges (shadows, pictures on the card); the sharpest quarter tells. */
const QUANTILE = 0.25;
/** The outline itself belongs to the edges that are measured. */
const MARGIN = 0.03;

/**
 * How blurred a card is: the standard deviation of the blur in pixels, by the width of its edges (their change of
 * brightness over their steepest slope, which for a blurred step is √(2π)·σ). What the card shows matters little,
 * its contrast not at all. The larger of both directions counts, as a moving card blurs in one. Null where too few
 * edges are seen.
 */
export function blurOf(picture: Frame, quad: Quad): number | null {
  const part = grownPart(picture, quad);
  if (part.width < 8 || part.height < 8) return null;
  const least = Math.max(LEAST_LEVELS, LEAST_SHARE * contrastOf(part.luma));
  const across = edgeWidths(part, 1, part.width, part.height, least);
  const down = edgeWidths(part, part.width, part.height, part.width, least);
  part.luma.fill(0);
  const [a, b] = [quantile(across), quantile(down)];
  if (a === null && b === null) return null;
  return Math.max(a ?? 0, b ?? 0) / Math.sqrt(2 * Math.PI);
}

interface Part {
  readonly width: number;
  readonly height: number;
  readonly luma: Int16Array;
  /** 1 where a pixel belongs to the card. */
  readonly mask: Uint8Array;
}

function grownPart({ width, height, rgb }: Frame, quad: Quad): Part {
  const middleX = quad.reduce((sum, [x]) => sum + x / 4, 0);
  const middleY = quad.reduce((sum, [, y]) => sum + y / 4, 0);
  const outwards = ([x, y]: Point): Point => [
    middleX + (x - middleX) * (1 + 2 * MARGIN),
    middleY + (y - middleY) * (1 + 2 * MARGIN),
  ];
  const [a, b, c, d] = quad;
  const grown: Quad = [outwards(a), outwards(b), outwards(c), outwards(d)];
  const left = Math.max(0, Math.floor(Math.min(...grown.map(([x]) => x))));
  const right = Math.min(width, Math.ceil(Math.max(...grown.map(([x]) => x))));
  const top = Math.max(0, Math.floor(Math.min(...grown.map(([, y]) => y))));
  const bottom = Math.min(height, Math.ceil(Math.max(...grown.map(([, y]) => y))));
  const [across, down] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  const luma = new Int16Array(across * down);
  const mask = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    const [from, to] = rowWithin(grown, top + y + 0.5);
    for (let x = 0; x < across; x++) {
      const at = ((top + y) * width + left + x) * 3;
      luma[y * across + x] = (rgb[at]! + 2 * rgb[at + 1]! + rgb[at + 2]!) >> 2;
      mask[y * across + x] = left + x >= from && left + x <= to ? 1 : 0;
    }
  }
  return { width: across, height: down, luma, mask };
}

/** Where a row of pixels enters and leaves a convex quadrilateral. */
function rowWithin(quad: Quad, y: number): readonly [number, number] {
  let [from, to] = [Infinity, -Infinity];
  for (let i = 0; i < 4; i++) {
    const [a, b] = [quad[i]!, quad[(i + 1) % 4]!];
    if (a[1] > y === b[1] > y) continue;
    const x = a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]);
    from = Math.min(from, x);
    to = Math.max(to, x);
  }
  return [from, to];
}

function contrastOf(luma: Int16Array): number {
  const histogram = new Int32Array(256);
  for (const value of luma) histogram[value] = histogram[value]! + 1;
  const at = (share: number): number => {
    let seen = 0;
    for (let value = 0; value < 256; value++) {
      seen += histogram[value]!;
      if (seen >= share * luma.length) return value;
    }
    return 255;
  };
  return at(0.97) - at(0.03);
}

/** Widths of the edges along rows (`step` 1) or columns: runs in which brightness only rises or only falls. */
function edgeWidths({ luma, mask, width }: Part, step: number, length: number, rows: number, least: number): number[] {
  const widths: number[] = [];
  const sideways = step === 1 ? width : 1;
  for (let row = 1; row < rows - 1; row++) {
    const start = row * sideways;
    let i = 0;
    while (i < length - 1) {
      const first = luma[start + (i + 1) * step]! - luma[start + i * step]!;
      if (Math.abs(first) < FLAT || mask[start + i * step] === 0) {
        i++;
        continue;
      }
      const sign = Math.sign(first);
      let [total, most, mostAt] = [0, 0, i];
      const begin = i;
      for (; i < length - 1; i++) {
        const change = sign * (luma[start + (i + 1) * step]! - luma[start + i * step]!);
        if (change < FLAT) break;
        total += change;
        if (change <= most) continue;
        most = change;
        mostAt = i;
      }
      if (total < least || i - begin > LONGEST_EDGE) continue;
      const at = start + mostAt * step;
      const slope = (luma[at + sideways]! - luma[at - sideways]!) / 2;
      // An edge that lies askew is crossed over a longer way than it is wide.
      if (Math.abs(slope) <= most) widths.push(total / Math.hypot(most, slope));
    }
  }
  return widths;
}

function quantile(widths: number[]): number | null {
  if (widths.length < LEAST_EDGES) return null;
  return widths.sort((a, b) => a - b)[Math.floor(QUANTILE * widths.length)]!;
}
