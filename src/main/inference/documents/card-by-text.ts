import type { FoundCard, Point, Quad, RectifiedCard } from './contract.ts';
import type { ReadLine } from './contract.ts';
import { findCaptions, type Caption } from './id-card/captions.ts';
import { placedLines, textOf, type PlacedLine } from './id-card/placed-text.ts';
import { clockwiseFromUpperLeft } from './outline/homography.ts';
import { unitSquareTo } from './text/strip.ts';

/** Where the middles of captions stand on an ID card, 0..1 of its width and height. */
const CAPTION_PLACES: Readonly<Partial<Record<Caption, Point>>> = {
  name: [0.103, 0.14],
  sex: [0.103, 0.258],
  birthDate: [0.103, 0.372],
  address: [0.103, 0.493],
  number: [0.162, 0.868],
  issuer: [0.3, 0.775],
  validity: [0.3, 0.88],
};
/** The first and the last character of the number, and of what is written large on the back. */
const LINE_PLACES: readonly { readonly pattern: RegExp; readonly ends: readonly [Point, Point] }[] = [
  {
    pattern: /^[1-9]\d{16}[\dXx]$/,
    ends: [
      [0.342, 0.863],
      [0.89, 0.863],
    ],
  },
  {
    pattern: /^中华人民共和国$/,
    ends: [
      [0.35, 0.2],
      [0.845, 0.2],
    ],
  },
];
const LEAST_ANCHORS = 4;
/** Anchors that are this far from where the others put them, as a share of the card, fit no card. */
const MOST_ERROR = 0.06;
/** An outline by text is a guess: its own edges weren't seen. */
const SCORE = 0.3;

interface Anchor {
  readonly onCard: Point;
  readonly seen: Point;
}

/**
 * Where an ID card lies whose edges weren't found: its captions stand where every such card has them. Null when too few
 * of them were read, or when they don't fit together.
 *
 * @param read what was read as a card, upright, and by how many quarter turns it became so.
 */
export function cardByText(read: RectifiedCard, quarterTurns: number, lines: readonly ReadLine[]): FoundCard | null {
  const placed = placedLines(lines, read.picture);
  const anchors = [...captionAnchors(placed), ...lineAnchors(placed)];
  const columns = new Set(anchors.map(({ onCard: [x] }) => x));
  if (anchors.length < LEAST_ANCHORS || columns.size < 2) return null;
  const across = plane(anchors, 0);
  const down = plane(anchors, 1);
  if (!across || !down) return null;
  const place = ([x, y]: Point): Point => [
    across[0] * x + across[1] * y + across[2],
    down[0] * x + down[1] * y + down[2],
  ];
  const size = Math.abs(across[0]) + Math.abs(down[1]);
  const fits = anchors.every(({ onCard, seen }) => {
    const [x, y] = place(onCard);
    return Math.hypot(x - seen[0], y - seen[1]) <= MOST_ERROR * size;
  });
  if (!fits) return null;
  const corner = (point: Point): Point => inSource(place(point), read, quarterTurns);
  const quad: Quad = [corner([0, 0]), corner([1, 0]), corner([1, 1]), corner([0, 1])];
  return { quad: clockwiseFromUpperLeft(quad), size: 'ID-1', score: SCORE, cut: 0 };
}

function captionAnchors(lines: readonly PlacedLine[]): Anchor[] {
  const captions = findCaptions(lines, Object.keys(CAPTION_PLACES) as Caption[], 'anywhere');
  return [...captions.values()].flatMap(({ caption, left, right, y }) => {
    const onCard = CAPTION_PLACES[caption];
    return onCard ? [{ onCard, seen: [(left + right) / 2, y] as const }] : [];
  });
}

function lineAnchors(lines: readonly PlacedLine[]): Anchor[] {
  return lines.flatMap((line) => {
    const known = LINE_PLACES.find(({ pattern }) => pattern.test(textOf(line)));
    if (!known) return [];
    const [first, last] = [line[0]!, line.at(-1)!];
    return [
      { onCard: known.ends[0], seen: [first.x, first.y] as const },
      { onCard: known.ends[1], seen: [last.x, last.y] as const },
    ];
  });
}

/** The plane `a·x + b·y + c` through the seen coordinates, by least squares; null where the anchors stand in one line. */
function plane(anchors: readonly Anchor[], axis: 0 | 1): readonly [number, number, number] | null {
  const mean = (value: (anchor: Anchor) => number): number =>
    anchors.reduce((sum, anchor) => sum + value(anchor) / anchors.length, 0);
  const [mx, my, ms] = [mean((a) => a.onCard[0]), mean((a) => a.onCard[1]), mean((a) => a.seen[axis])];
  const xx = mean((a) => (a.onCard[0] - mx) ** 2);
  const yy = mean((a) => (a.onCard[1] - my) ** 2);
  const xy = mean((a) => (a.onCard[0] - mx) * (a.onCard[1] - my));
  const xs = mean((a) => (a.onCard[0] - mx) * (a.seen[axis] - ms));
  const ys = mean((a) => (a.onCard[1] - my) * (a.seen[axis] - ms));
  const determinant = xx * yy - xy * xy;
  if (determinant < 1e-5) return null;
  const a = (xs * yy - ys * xy) / determinant;
  const b = (ys * xx - xs * xy) / determinant;
  return [a, b, ms - a * mx - b * my];
}

/** A point of the upright picture (0..1) in pixels of the source. */
function inSource(point: Point, { quad, source }: RectifiedCard, quarterTurns: number): Point {
  let [u, v] = point;
  for (let turn = 0; turn < quarterTurns; turn++) [u, v] = [v, 1 - u];
  if (!quad) return [u * source.width, v * source.height];
  const { x, y, w } = unitSquareTo(quad);
  const scale = w[0] * u + w[1] * v + 1;
  return [(x[0] * u + x[1] * v + x[2]) / scale, (y[0] * u + y[1] * v + y[2]) / scale];
}
