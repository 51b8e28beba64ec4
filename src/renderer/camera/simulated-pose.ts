/** How a simulated head is held at a moment. Angles in radians, lengths in metres, amounts 0–1. */
export interface SimulatedPose {
  /** Positive towards the person's own left, which is right in the picture. */
  readonly yaw: number;
  /** Positive downwards. */
  readonly pitch: number;
  /** Positive clockwise in the picture. */
  readonly roll: number;
  /** To the right in the picture, and down. */
  readonly shiftX: number;
  readonly shiftY: number;
  readonly eyesClosed: number;
  readonly mouthOpen: number;
}

/** What an action adds to a head that is held still. */
export type Movement = Partial<SimulatedPose>;

const DEGREE = Math.PI / 180;

interface Wave {
  readonly amplitude: number;
  readonly periodMs: number;
}

/** A standing person sways by about a degree and some millimetres, slowly, and breathes every four seconds. */
const SWAY: Readonly<Record<'yaw' | 'pitch' | 'roll' | 'shiftX' | 'shiftY', readonly Wave[]>> = {
  yaw: [
    { amplitude: 1.1 * DEGREE, periodMs: 5_300 },
    { amplitude: 0.35 * DEGREE, periodMs: 1_370 },
  ],
  pitch: [
    { amplitude: 0.8 * DEGREE, periodMs: 4_100 },
    { amplitude: 0.25 * DEGREE, periodMs: 1_130 },
  ],
  roll: [{ amplitude: 0.6 * DEGREE, periodMs: 6_700 }],
  shiftX: [{ amplitude: 0.002, periodMs: 4_700 }],
  shiftY: [{ amplitude: 0.0012, periodMs: 4_000 }],
};

const BLINK_EVERY_MS = 4_200;
/** From open to open: 0.1–0.4 s in people. */
const BLINK_MS = 260;

function swayed(waves: readonly Wave[], timeMs: number): number {
  return waves.reduce(
    (sum, { amplitude, periodMs }) => sum + amplitude * Math.sin((2 * Math.PI * timeMs) / periodMs),
    0,
  );
}

/** How far the lids are down in the blink of somebody who isn't asked for one. */
function unaskedBlink(timeMs: number): number {
  const elapsed = (((timeMs - BLINK_EVERY_MS / 2) % BLINK_EVERY_MS) + BLINK_EVERY_MS) % BLINK_EVERY_MS;
  return elapsed < BLINK_MS ? Math.sin((Math.PI * elapsed) / BLINK_MS) : 0;
}

/** A person who is asked for nothing: the small movements that nobody can leave out. */
export function restingPose(timeMs: number): SimulatedPose {
  return {
    yaw: swayed(SWAY.yaw, timeMs),
    pitch: swayed(SWAY.pitch, timeMs),
    roll: swayed(SWAY.roll, timeMs),
    shiftX: swayed(SWAY.shiftX, timeMs),
    shiftY: swayed(SWAY.shiftY, timeMs),
    eyesClosed: unaskedBlink(timeMs),
    mouthOpen: 0,
  };
}

/** The resting pose and what is done on top of it. */
export function movedPose(rest: SimulatedPose, movement: Movement): SimulatedPose {
  return {
    yaw: rest.yaw + (movement.yaw ?? 0),
    pitch: rest.pitch + (movement.pitch ?? 0),
    roll: rest.roll + (movement.roll ?? 0),
    shiftX: rest.shiftX + (movement.shiftX ?? 0),
    shiftY: rest.shiftY + (movement.shiftY ?? 0),
    eyesClosed: Math.max(rest.eyesClosed, movement.eyesClosed ?? 0),
    mouthOpen: Math.min(1, rest.mouthOpen + (movement.mouthOpen ?? 0)),
  };
}
