import { CARD_SIZES_MM, type CardSize, type Quad } from '../contract.ts';

/** How well a quadrilateral can be a rectangle of a known proportion, seen in perspective. */
export interface ProportionFit {
  readonly size: CardSize;
  /** The card's long side lies along the first and third side of the quadrilateral. */
  readonly lying: boolean;
  /** Focal length that fits best, in pixels. */
  readonly focal: number;
  /** 0 is perfect; 1 is as far off as a real card's outline is found. */
  readonly misfit: number;
}

/**
 * Focal lengths that are tried, as multiples of the picture's long side: a wide webcam to a cut-out of a picture; the
 * last is as good as no perspective.
 */
const FOCAL_LENGTHS = [0.65, 0.8, 1, 1.4, 2.2, 12] as const;
/** Found corners change the proportion and the right angle by about this much. */
const PROPORTION_SLACK = Math.log(1.05);
/** Cosine of 52°: a card seen steeper can't be read, and any trapezium is some rectangle seen steeply enough. */
const LEAST_FACING = 0.616;
const RIGHT_ANGLE_SLACK = Math.sin((5 * Math.PI) / 180);

/** Sides of the rectangle behind a quadrilateral, as vectors in space up to one common scale. */
interface Sides {
  readonly across: readonly [number, number, number];
  readonly down: readonly [number, number, number];
}

/**
 * Directions of the sides of a planar rectangle from its four corners relative to the optical axis: Zhang and He,
 * Whiteboard scanning and image enhancement (Digital Signal Processing 17, 2007), equations 11 to 14, before their
 * third component is divided by the focal length.
 */
function sidesOf([a, b, c, d]: Quad, middleX: number, middleY: number): Sides {
  const [ax, ay] = [a[0] - middleX, a[1] - middleY];
  const [bx, by] = [b[0] - middleX, b[1] - middleY];
  const [cx, cy] = [c[0] - middleX, c[1] - middleY];
  const [dx, dy] = [d[0] - middleX, d[1] - middleY];
  const triple = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
    (py - qy) * rx + (qx - px) * ry + (px * qy - py * qx);
  const k2 = triple(ax, ay, cx, cy, dx, dy) / triple(bx, by, cx, cy, dx, dy);
  const k3 = triple(ax, ay, cx, cy, bx, by) / triple(dx, dy, cx, cy, bx, by);
  return {
    across: [k2 * bx - ax, k2 * by - ay, k2 - 1],
    down: [k3 * dx - ax, k3 * dy - ay, k3 - 1],
  };
}

/** A rectangle as it would be with a focal length. */
interface Rectangle {
  /** Length of the first side over the second's. */
  readonly proportion: number;
  /** Of the angle between them. */
  readonly cosine: number;
  /** Cosine of the angle between the rectangle's plane and the picture's. */
  readonly facing: number;
}

/**
 * The rectangle that a camera sees as `quad`, with the middle of the picture on its axis.
 *
 * @param quad in pixels from the picture's upper left.
 * @param focal focal length in pixels.
 */
export function rectangleBehind(
  quad: Quad,
  picture: { readonly width: number; readonly height: number },
  focal: number,
): Rectangle {
  const { across, down } = sidesOf(quad, picture.width / 2, picture.height / 2);
  const [ux, uy, uz] = [across[0] / focal, across[1] / focal, across[2]];
  const [vx, vy, vz] = [down[0] / focal, down[1] / focal, down[2]];
  const [u, v] = [ux * ux + uy * uy + uz * uz, vx * vx + vy * vy + vz * vz];
  const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const;
  return {
    proportion: Math.sqrt(u / v),
    cosine: (ux * vx + uy * vy + uz * vz) / Math.sqrt(u * v),
    facing: Math.abs(normal[2]) / Math.hypot(...normal),
  };
}

/** The card that a quadrilateral fits best, of the given sizes. ID-2 and ID-3 have the same proportion: the first wins. */
export function proportionFit(
  quad: Quad,
  picture: { readonly width: number; readonly height: number },
  sizes: readonly CardSize[],
): ProportionFit {
  let best: ProportionFit = { size: sizes[0]!, lying: true, focal: 1, misfit: Infinity };
  const longSide = Math.max(picture.width, picture.height);
  for (const multiple of FOCAL_LENGTHS) {
    const focal = multiple * longSide;
    const { proportion, cosine, facing } = rectangleBehind(quad, picture, focal);
    if (facing < LEAST_FACING) continue;
    const askew = cosine / RIGHT_ANGLE_SLACK;
    for (const size of sizes) {
      const { width, height } = CARD_SIZES_MM[size];
      const lying = proportion >= 1;
      const off = (Math.abs(Math.log(proportion)) - Math.log(width / height)) / PROPORTION_SLACK;
      const misfit = Math.hypot(off, askew);
      if (misfit < best.misfit - 1e-3) best = { size, lying, focal, misfit };
    }
  }
  return best;
}

/** Degrees between a rectangle's plane and the picture's, seen by a usual webcam (focal length as long as the picture). */
export function facingAngle(quad: Quad, picture: { readonly width: number; readonly height: number }): number {
  const { facing } = rectangleBehind(quad, picture, Math.max(picture.width, picture.height));
  return (Math.acos(Math.min(1, facing)) * 180) / Math.PI;
}
