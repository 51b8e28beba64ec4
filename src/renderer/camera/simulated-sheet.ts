import { focalPixels, type Point } from './simulated-face.ts';
import { screenIrradiance, screenShine } from './simulated-light.ts';
import { clipPlace, projected, turned, VERTEX_LENGTH, type PicturePlane, type Surface } from './simulated-surface.ts';

const ACROSS = 16;
const DOWN = 12;

function gridTriangles(): Uint16Array {
  const triangles: number[] = [];
  for (let row = 0; row < DOWN; row++) {
    for (let column = 0; column < ACROSS; column++) {
      const at = row * (ACROSS + 1) + column;
      triangles.push(at, at + ACROSS + 1, at + 1, at + 1, at + ACROSS + 1, at + ACROSS + 2);
    }
  }
  return Uint16Array.from(triangles);
}

type Vertex = readonly [x: number, y: number, depth: number, u: number, v: number, lit: number, shine: number, open: 1];

function grid(vertexAt: (u: number, v: number, timeMs: number) => Vertex): Surface {
  const count = (ACROSS + 1) * (DOWN + 1);
  const out = new Float32Array(VERTEX_LENGTH * count);
  return {
    triangles: gridTriangles(),
    vertices: count,
    at(timeMs) {
      for (let i = 0; i < count; i++) {
        const u = (i % (ACROSS + 1)) / ACROSS;
        const v = Math.floor(i / (ACROSS + 1)) / DOWN;
        out.set(vertexAt(u, v, timeMs), VERTEX_LENGTH * i);
      }
      return out;
    },
  };
}

/** A picture held flat before the camera, lit by the screen all over; the hand that holds it trembles a little. */
export function createHeldPicture(): Surface {
  return grid((u, v, timeMs) => {
    const [across] = handAt(timeMs).shift;
    return [2 * u - 1 + across / 2, 1 - 2 * v + across / 3, 0, u, v, 1, 0, 1];
  });
}

/** Of a colour laid over a picture, how much by the distance from its middle, in heights of the picture. */
const TINT_FALLOFF: readonly (readonly [distance: number, share: number])[] = [
  [0, 1],
  [0.17, 0.92],
  [0.27, 0.62],
  [0.38, 0.25],
  [0.69, 0.06],
];

function tintShare(distance: number): number {
  const next = TINT_FALLOFF.findIndex(([reach]) => reach > distance);
  if (next < 0) return TINT_FALLOFF.at(-1)![1];
  const [to, toShare] = TINT_FALLOFF[next]!;
  const [from, fromShare] = TINT_FALLOFF[next - 1]!;
  return fromShare + ((distance - from) / (to - from)) * (toShare - fromShare);
}

/**
 * A video that fills the picture. `tinted` lays the screen's colour over it, most in the middle: what a picture can be
 * made to look like without knowing the shape of what is in it.
 *
 * @param aspect width by height of the video; it is cropped to the picture.
 */
export function createVideoSheet(plane: PicturePlane, aspect: number, tinted: boolean): Surface {
  const wider = aspect / (plane.width / plane.height);
  const [cropX, cropY] = [Math.min(1, 1 / wider), Math.min(1, wider)];
  return grid((u, v) => {
    const distance = Math.hypot(((u - 0.5) * plane.width) / plane.height, v - 0.52);
    const place = [2 * u - 1, 1 - 2 * v, 0] as const;
    const photo = [0.5 + cropX * (u - 0.5), 0.5 + cropY * (v - 0.5)] as const;
    return [...place, ...photo, tinted ? tintShare(distance) : 0, 0, 1];
  });
}

/** A print of the person's own size is held at arm's length of the camera, a little bent about its upright middle. */
const PRINT = { distance: 0.42, bendRadius: 0.9 } as const;

/** A hand trembles, metres and radians. */
function handAt(timeMs: number) {
  const wave = (amplitude: number, periodMs: number): number => amplitude * Math.sin((2 * Math.PI * timeMs) / periodMs);
  return {
    yaw: wave(0.05, 2_900) + wave(0.012, 410),
    pitch: wave(0.04, 3_700) + wave(0.01, 530),
    roll: wave(0.02, 3_100),
    shift: [wave(0.004, 2_300) + wave(0.001, 310), wave(0.003, 1_900), wave(0.006, 4_300)] as const,
  };
}

/** A photo on paper that fills the picture. It reflects the screen's light like any matt surface: by its own shape. */
export function createPrint(width: number, height: number): Surface {
  const plane: PicturePlane = { width, height, focal: focalPixels(width) };
  const paperWidth = (1.16 * width * PRINT.distance) / plane.focal;
  const paperHeight = (paperWidth * height) / width;
  const centreLit = screenIrradiance([0, 0, -PRINT.distance], [0, 0, 1]);
  return grid((u, v, timeMs) => {
    const { yaw, pitch, roll, shift } = handAt(timeMs);
    const angle = ((u - 0.5) * paperWidth) / PRINT.bendRadius;
    const bent: Point = [
      PRINT.bendRadius * Math.sin(angle),
      (0.5 - v) * paperHeight,
      PRINT.bendRadius * (Math.cos(angle) - 1),
    ];
    const [x, y, z] = turned(bent, yaw, pitch, roll);
    const normal = turned([Math.sin(angle), 0, Math.cos(angle)], yaw, pitch, roll);
    const point: Point = [x + shift[0], y + shift[1], z + shift[2] - PRINT.distance];
    const place = clipPlace(...projected(point, plane), -point[2], plane);
    return [...place, u, v, screenIrradiance(point, normal) / centreLit, screenShine(point, normal), 1];
  });
}
