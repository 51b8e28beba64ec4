import { lumaOf, type CardCells } from './card-cells.ts';
import { quantile, smoothSurface } from './smooth-surface.ts';

/** The cells' ground compared with the card's own, so that neither the light's colour nor its fall-off counts. */
export interface GroundLight {
  /** Luma as a share of what the card's ground has there. */
  readonly brightness: Float32Array;
  /** Logarithms of red over green and blue over green, less those of the card's ground there. */
  readonly redness: Float32Array;
  readonly blueness: Float32Array;
}

/** A tenth less bright than the surface: no longer ground. */
const GROUND_TOLERANCE = 0.1;
const ROUNDS = 4;

/** Finds the card's ground as the smooth surface that most of the bright cells lie on. */
export function groundLightOf({ ground, columns, rows }: CardCells): GroundLight {
  const count = columns * rows;
  const luma = new Float32Array(count);
  const redness = new Float32Array(count);
  const blueness = new Float32Array(count);
  for (let cell = 0; cell < count; cell++) {
    const [red, green, blue] = [ground[3 * cell]!, ground[3 * cell + 1]!, ground[3 * cell + 2]!];
    luma[cell] = Math.log(lumaOf(red, green, blue) + 2);
    redness[cell] = Math.log((red + 4) / (green + 4));
    blueness[cell] = Math.log((blue + 4) / (green + 4));
  }
  const middle = quantile(luma, 0.5);
  let weights = luma.map((value) => (value > middle - 0.3 ? 1 : 0));
  let surface = smoothSurface(luma, weights);
  for (let round = 0; round < ROUNDS; round++) {
    weights = luma.map((value, cell) => (Math.abs(value - surface[cell]!) < GROUND_TOLERANCE ? 1 : 0.02));
    surface = smoothSurface(luma, weights);
  }
  const [red, blue] = [smoothSurface(redness, weights), smoothSurface(blueness, weights)];
  return {
    brightness: luma.map((value, cell) => Math.exp(value - surface[cell]!)),
    redness: redness.map((value, cell) => value - red[cell]!),
    blueness: blueness.map((value, cell) => value - blue[cell]!),
  };
}
