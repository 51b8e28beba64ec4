/** A picture in linear light, three values a pixel. */
export interface Texture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
}

export function flatTexture(rgb: readonly number[]): Texture {
  return { width: 1, height: 1, rgb: Float32Array.from(rgb) };
}

/** A picture of soft patches: `columns × rows` random colours around `rgb`, blended into each other. */
export function patchyTexture(
  width: number,
  height: number,
  rgb: readonly number[],
  cells: { readonly columns: number; readonly rows: number; readonly factor: () => number },
): Texture {
  const { columns, rows, factor } = cells;
  const grid = Float32Array.from({ length: columns * rows }, factor);
  const out = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const gx = (x / width) * (columns - 1);
      const gy = (y / height) * (rows - 1);
      const [ix, iy] = [Math.floor(gx), Math.floor(gy)];
      const [fx, fy] = [gx - ix, gy - iy];
      const at = (dx: number, dy: number): number => grid[Math.min(rows - 1, iy + dy) * columns + ix + dx]!;
      const upper = at(0, 0) * (1 - fx) + at(1, 0) * fx;
      const lower = at(0, 1) * (1 - fx) + at(1, 1) * fx;
      const value = upper * (1 - fy) + lower * fy;
      for (let c = 0; c < 3; c++) out[3 * (y * width + x) + c] = Math.min(0.95, Math.max(0.02, rgb[c]! * value));
    }
  }
  return { width, height, rgb: out };
}
