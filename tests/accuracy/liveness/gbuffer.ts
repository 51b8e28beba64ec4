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
  const { width, height, depth, values: target } = buffer;
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
    // Front faces turn one way only: what looks away is hidden by what looks here.
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area > -1e-9) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    const az = points[3 * a + 2]!;
    const toB = points[3 * b + 2]! - az;
    const toC = points[3 * c + 2]! - az;
    const [ia, ib, ic] = [ATTRIBUTES * a, ATTRIBUTES * b, ATTRIBUTES * c];
    const bAcross = (cy - ay) / area;
    const cAcross = -(by - ay) / area;
    for (let y = top; y <= bottom; y++) {
      const down = y + 0.5 - ay;
      let wb = (left + 0.5 - ax) * bAcross - (down * (cx - ax)) / area;
      let wc = ((bx - ax) * down) / area + (left + 0.5 - ax) * cAcross;
      for (let x = left, at = y * width + left; x <= right; x++, at++, wb += bAcross, wc += cAcross) {
        if (wb < -1e-6 || wc < -1e-6 || wb + wc > 1 + 1e-6) continue;
        const z = az + wb * toB + wc * toC;
        if (z <= depth[at]!) continue;
        depth[at] = z;
        buffer.material[at] = material;
        const wa = 1 - wb - wc;
        const to = ATTRIBUTES * at;
        for (let k = 0; k < ATTRIBUTES; k++) {
          target[to + k] = wa * values[ia + k]! + wb * values[ib + k]! + wc * values[ic + k]!;
        }
      }
    }
  }
}
