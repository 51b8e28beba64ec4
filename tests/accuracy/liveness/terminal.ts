import type { TerminalCalibration } from '../../../src/shared/domain/terminal-calibration.ts';
import type { Seeded } from './seeded.ts';
import { mapVector, type Matrix3, type Vector3 } from './vector.ts';

/** A kiosk in a place: its screen, its camera and where the person stands. */
export interface SimulatedTerminal {
  readonly screen: { readonly width: number; readonly height: number; readonly below: number };
  /** Share of the screen that is lit, and the luminance of its white, cd/m². */
  readonly litShare: number;
  readonly luminance: number;
  readonly distance: number;
  readonly panel: { readonly responseMs: number; readonly refreshMs: number };
  /** Row per camera channel, column per screen primary. */
  readonly colourMatrix: Matrix3;
  readonly framesPerSecond: number;
  readonly exposureMs: number;
  readonly readoutMs: number;
  /** Screen to capture time of this clip. */
  readonly lagMs: number;
  readonly locked: boolean;
  readonly dropShare: number;
  /** Noise of a camera pixel at a fifth of full scale, as a share of it. */
  readonly noise: number;
  readonly denoise: number;
}

/** What the camera's channels see of the screen's primaries: a usual webcam before a usual panel. */
const USUAL_MATRIX: Matrix3 = [
  [0.82, 0.13, 0.05],
  [0.1, 0.8, 0.1],
  [0.03, 0.17, 0.8],
];
export const USUAL_LAG_MS = 120;
const LAG_DEVIATION_MS = 12;
/** The judge's own assumption: src/main/liveness/stimulus.ts. */
const USUAL_PANEL_MS = 6;
const EXPOSURE_CHANGE_MS = 5;
const LEARNING_ERROR_MS = 4;

function rowNear(row: Vector3, random: Seeded, deviation: number): Vector3 {
  const moved = mapVector((c) => row[c] + random.normal(0, deviation));
  const sum = moved[0] + moved[1] + moved[2];
  return mapVector((c) => moved[c] / sum);
}

function matrixNear([a, b, c]: Matrix3, random: Seeded, deviation: number): Matrix3 {
  return [rowNear(a, random, deviation), rowNear(b, random, deviation), rowNear(c, random, deviation)];
}

/** A 24-inch screen on its side or upright below the camera, with the person half a metre in front of it. */
export function drawTerminal(random: Seeded): SimulatedTerminal {
  const upright = random.chance(0.5);
  const below = random.between(0.01, 0.04);
  return {
    screen: upright ? { width: 0.3, height: 0.53, below } : { width: 0.477, height: 0.268, below },
    litShare: random.between(0.65, 0.85),
    luminance: random.between(200, 400),
    distance: random.between(0.4, 0.65),
    panel: { responseMs: random.between(2, 12), refreshMs: 1_000 / 60 },
    colourMatrix: matrixNear(USUAL_MATRIX, random, 0.02),
    framesPerSecond: random.chance(0.8) ? 30 : 25,
    exposureMs: random.between(8, 33),
    readoutMs: random.between(10, 30),
    lagMs: random.normal(USUAL_LAG_MS, LAG_DEVIATION_MS),
    locked: random.chance(0.5),
    dropShare: random.pick([0, 0.02, 0.05]),
    noise: random.between(0.02, 0.07),
    denoise: random.between(0, 0.35),
  };
}

/**
 * The lag that a calibration finds: from the screen's signal to the middle of the exposure, with the wait for the next
 * picture on the panel, its answer and the camera's smoothing over time. The judge counts a panel's usual answer in.
 */
function learnedLagMs(terminal: SimulatedTerminal, random: Seeded): number {
  const { exposureMs, panel, denoise, framesPerSecond } = terminal;
  const exposureThenMs = Math.min(33, Math.max(4, random.normal(exposureMs, EXPOSURE_CHANGE_MS)));
  const smoothingMs = (denoise / (1 - denoise)) * (1_000 / framesPerSecond);
  const panelMs = panel.refreshMs / 2 + panel.responseMs - USUAL_PANEL_MS;
  return USUAL_LAG_MS + exposureThenMs / 2 + panelMs + smoothingMs + random.normal(0, LEARNING_ERROR_MS);
}

/** What the terminal would have learned about itself on another day, with the errors of learning. */
export function calibrationOf(terminal: SimulatedTerminal, random: Seeded): TerminalCalibration {
  const gain = random.between(0.15, 0.4);
  return {
    version: 1,
    calibratedAtMs: 1_700_000_000_000,
    camera: { label: 'simulated camera', identity: 'simulated', width: 640, height: 480 },
    screen: { width: 1_080, height: 1_920 },
    lagMs: Math.max(0, learnedLagMs(terminal, random)),
    lagSpreadMs: random.between(6, 20),
    colourMatrix: matrixNear(terminal.colourMatrix, random, 0.01),
    gain: [gain, gain, gain],
    framesPerSecond: terminal.framesPerSecond,
    exposure: null,
  };
}
