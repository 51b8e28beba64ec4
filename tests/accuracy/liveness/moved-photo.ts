import type { Clip } from './clip-meshes.ts';

/** How a printed photo is held in front of the camera. */
export interface PhotoPose {
  /** Degrees around the vertical axis; around the horizontal one where `axis` is `x`. */
  readonly turn: number;
  readonly axis: 'x' | 'y';
  /** Radius of the cylinder that it is bent to, in widths of the picture; `Infinity` for a flat one. */
  readonly bend: number;
  /** Shift in pixels. */
  readonly shift: readonly [number, number];
}

/** The camera is this many widths of the picture away. */
const DISTANCE = 2.5;
const TABLE = 512;

/** Photographs a photo: perspective, bending, and the camera's noise. */
export function photographed(
  photo: { readonly width: number; readonly height: number; readonly rgb: Uint8Array },
  pose: PhotoPose,
  noise: () => number,
): Uint8Array {
  const { width, height, rgb } = photo;
  const out = new Uint8Array(rgb.length);
  const along = pose.axis === 'y' ? width : height;
  const across = pose.axis === 'y' ? height : width;
  const table = bentTable(pose, along);
  for (let i = 0; i < along; i++) {
    const at = lookUp(table, (i - along / 2 - pose.shift[pose.axis === 'y' ? 0 : 1]) / along);
    if (!at) continue;
    for (let k = 0; k < across; k++) {
      const v = ((k - across / 2 - pose.shift[pose.axis === 'y' ? 1 : 0]) * at.depth) / DISTANCE + across / 2;
      const u = at.u * along + along / 2;
      const [x, y] = pose.axis === 'y' ? [u, v] : [v, u];
      const [column, row] = pose.axis === 'y' ? [i, k] : [k, i];
      if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) continue;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - x0, y - y0];
      for (let c = 0; c < 3; c++) {
        const value = (dx: number, dy: number): number => rgb[3 * ((y0 + dy) * width + x0 + dx) + c]!;
        const top = value(0, 0) * (1 - fx) + value(1, 0) * fx;
        const bottom = value(0, 1) * (1 - fx) + value(1, 1) * fx;
        const level = top * (1 - fy) + bottom * fy + noise();
        out[3 * (row * width + column) + c] = Math.max(0, Math.min(255, Math.round(level)));
      }
    }
  }
  return out;
}

interface TableRow {
  readonly image: number;
  readonly u: number;
  readonly depth: number;
}

function bentTable({ turn, bend }: PhotoPose, _along: number): TableRow[] {
  const angle = (turn * Math.PI) / 180;
  return Array.from({ length: TABLE }, (_, i) => {
    const u = (i / (TABLE - 1) - 0.5) * 1.2;
    const x = bend === Infinity ? u : bend * Math.sin(u / bend);
    const z = bend === Infinity ? 0 : bend * (1 - Math.cos(u / bend));
    const depth = DISTANCE - x * Math.sin(angle) + z * Math.cos(angle);
    const side = x * Math.cos(angle) + z * Math.sin(angle);
    return { image: (DISTANCE * side) / depth, u, depth };
  });
}

/** What the camera sees at a place: the nearest layer is ignored, because the angles stay small. */
function lookUp(table: readonly TableRow[], image: number): { u: number; depth: number } | null {
  let [low, high] = [0, table.length - 1];
  if (image < table[low]!.image || image > table[high]!.image) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (table[middle]!.image <= image) low = middle;
    else high = middle;
  }
  const [a, b] = [table[low]!, table[high]!];
  const share = (image - a.image) / Math.max(1e-9, b.image - a.image);
  return { u: a.u + share * (b.u - a.u), depth: a.depth + share * (b.depth - a.depth) };
}

/** A clip of somebody turning a photo to one side and back, several times. */
export function turnedPhotoClip(
  photo: Clip,
  frame: number,
  options: { readonly amplitude: number; readonly axis: 'x' | 'y'; readonly bend: number; readonly seconds: number },
  random: () => number,
): Clip {
  const { width, height, framesPerSecond } = photo;
  const rgb = photo.frames[frame]!;
  const noise = (): number => (random() + random() + random() - 1.5) * 3;
  const frames = Array.from({ length: Math.round(options.seconds * framesPerSecond) }, (_, i) => {
    const t = i / framesPerSecond;
    // Still for a second, then from side to side every four seconds.
    const turn = t < 1 ? 0 : options.amplitude * Math.sin((2 * Math.PI * (t - 1)) / 4);
    const shift = [2 * Math.sin(t * 1.3), 2 * Math.sin(t * 0.9)] as const;
    return photographed({ width, height, rgb }, { turn, axis: options.axis, bend: options.bend, shift }, noise);
  });
  return { width, height, framesPerSecond, frames };
}
