/**
 * Interpolated values at a pixel or a vertex: place in the texture (`u`, `v`, pixels), ambient light on the surface,
 * the screen's light on it sharp and scattered below the skin, and the screen's mirror image in it (lux; the screen's
 * for a white field).
 */
export const ATTRIBUTES = 6;

/** What is seen at each pixel of a picture, before it is lit. */
export interface GBuffer {
  readonly width: number;
  readonly height: number;
  readonly depth: Float32Array;
  readonly values: Float32Array;
  /** 0 where nothing was drawn. */
  readonly material: Uint8Array;
}

export function createGBuffer(width: number, height: number): GBuffer {
  const pixels = width * height;
  return {
    width,
    height,
    depth: new Float32Array(pixels),
    values: new Float32Array(ATTRIBUTES * pixels),
    material: new Uint8Array(pixels),
  };
}

export function clearGBuffer(buffer: GBuffer): void {
  buffer.depth.fill(-Infinity);
  buffer.material.fill(0);
}

/** A surface's vertices in the picture. */
export interface ProjectedSurface {
  readonly triangles: Uint16Array;
  /** x and y in pixels and nearness (larger is nearer) a vertex. */
  readonly points: Float32Array;
  /** `ATTRIBUTES` values a vertex. */
  readonly values: Float32Array;
  readonly material: number;
}

/** Draws a surface's triangles, the nearest seen; pixels are sampled at their centres. */
export function drawSurface(buffer: GBuffer, { triangles, points, values, material }: ProjectedSurface): void {
  const { width, height, depth } = buffer;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t]!;
    const b = triangles[t + 1]!;
    const c = triangles[t + 2]!;
    const ax = points[3 * a]!;
    const ay = points[3 * a + 1]!;
    const bx = points[3 * b]!;
    const by = points[3 * b + 1]!;
    const cx = points[3 * c]!;
    const cy = points[3 * c + 1]!;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (Math.abs(area) < 1e-9) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    const az = points[3 * a + 2]!;
    const bz = points[3 * b + 2]!;
    const cz = points[3 * c + 2]!;
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const px = x + 0.5;
        const py = y + 0.5;
        const wb = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area;
        const wc = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area;
        const wa = 1 - wb - wc;
        if (wa < -1e-6 || wb < -1e-6 || wc < -1e-6) continue;
        const z = wa * az + wb * bz + wc * cz;
        const at = y * width + x;
        if (z <= depth[at]!) continue;
        depth[at] = z;
        buffer.material[at] = material;
        blend(buffer.values, ATTRIBUTES * at, values, a, b, c, wa, wb, wc);
      }
    }
  }
}

function blend(
  to: Float32Array,
  at: number,
  from: Float32Array,
  a: number,
  b: number,
  c: number,
  wa: number,
  wb: number,
  wc: number,
): void {
  const [ia, ib, ic] = [ATTRIBUTES * a, ATTRIBUTES * b, ATTRIBUTES * c];
  for (let k = 0; k < ATTRIBUTES; k++) to[at + k] = wa * from[ia + k]! + wb * from[ib + k]! + wc * from[ic + k]!;
}
