import type { Point, RectifiedCard } from '../contract.ts';

/** Places spread over the card, in pixels of its source; the outermost are a patch's half away from the edges. */
export function sourcePlaces({ source, quad }: RectifiedCard, columns: number, rows: number): readonly Point[] {
  const corners = quad ?? [
    [0, 0],
    [source.width, 0],
    [source.width, source.height],
    [0, source.height],
  ];
  const [a, b, c, d] = corners;
  return Array.from({ length: columns * rows }, (_, i): Point => {
    const x = 0.1 + (0.8 * (i % columns)) / (columns - 1);
    const y = 0.14 + (0.72 * Math.floor(i / columns)) / (rows - 1);
    const along = (k: 0 | 1): number => (a[k] * (1 - x) + b[k] * x) * (1 - y) + (d[k] * (1 - x) + c[k] * x) * y;
    return [along(0), along(1)];
  });
}
