import type { Backdrop, RowLight } from './renderer.ts';
import type { ScreenTimeline } from './screen-timeline.ts';
import type { Seeded } from './seeded.ts';
import { luxAt, screenPatches, type Lighting } from './surface-light.ts';
import type { SimulatedTerminal } from './terminal.ts';
import { patchyTexture } from './texture.ts';
import { mapVector, type Vector3 } from './vector.ts';

/** The room: how bright, of which colour and how steady. */
export interface Room {
  readonly ambientLux: number;
  readonly colour: Vector3;
  readonly direction: Vector3;
  /** Clouds and people: relative change and how often a second. */
  readonly drift: number;
  readonly driftHertz: number;
  /** Mains flicker: relative change, a hundred times a second. */
  readonly flicker: number;
  readonly phase: number;
  readonly wallDistance: number;
}

export const AMBIENT_LUX = { lowest: 50, highest: 750 } as const;

export function drawRoom(random: Seeded, ambientLux?: number): Room {
  const { lowest, highest } = AMBIENT_LUX;
  const warmth = random.between(-0.6, 0.8);
  return {
    ambientLux: ambientLux ?? Math.exp(random.between(Math.log(lowest), Math.log(highest))),
    colour: [1 + 0.35 * warmth, 1, 1 - 0.35 * warmth],
    direction: [random.normal(0, 0.25), random.normal(0.25, 0.25), random.normal(0.15, 0.15)],
    drift: random.between(0, 0.06),
    driftHertz: random.between(0.1, 0.5),
    flicker: random.between(0, 0.04),
    phase: random.between(0, 2 * Math.PI),
    wallDistance: random.between(0.6, 3),
  };
}

export function lightingOf(room: Room, terminal: SimulatedTerminal): Lighting {
  const lit = { share: terminal.litShare, luminance: terminal.luminance };
  return {
    ambient: { lux: room.ambientLux, direction: room.direction },
    screen: screenPatches(terminal.screen, terminal.distance, lit),
  };
}

/** A wall of soft patches behind the person, which gets less of the screen's light the further away it is. */
export function backdropOf(
  room: Room,
  lighting: Lighting,
  size: { readonly width: number; readonly height: number },
  random: Seeded,
): Backdrop {
  const brightness = random.between(0.08, 0.6);
  const colour = mapVector(() => Math.min(0.9, Math.max(0.03, brightness * random.normal(1, 0.2))));
  const cells = { columns: 7, rows: 5, factor: () => random.between(0.6, 1.4) };
  return {
    texture: patchyTexture(size.width, size.height, colour, cells),
    ambientLux: room.ambientLux * random.between(0.4, 1.4),
    screenLux: luxAt(lighting.screen, lighting.screen.z + room.wallDistance),
  };
}

/** Light of a moment on every row: rows are read one after the other, each after its own exposure. */
export interface LightClock {
  at(capturedAtMs: number, to: RowLight): void;
}

export interface ClipTimelines {
  readonly screen: ScreenTimeline | null;
  readonly driven: ScreenTimeline | null;
  /** The attacker's answer comes this much later, in what is driven and in what lights the picture. */
  readonly addedLagMs: number;
  readonly screenAddedLagMs: number;
}

/** Rows that share one value: a frame's rows differ by a fraction of a millisecond. */
const ROW_BLOCK = 4;
/** The crop's share of the camera's rows. */
const CROP_ROWS = 0.5;

export function createLightClock(
  room: Room,
  terminal: SimulatedTerminal,
  height: number,
  { screen, driven, addedLagMs, screenAddedLagMs }: ClipTimelines,
): LightClock {
  const { colourMatrix: matrix, exposureMs, readoutMs, lagMs } = terminal;
  const seen = (timeline: ScreenTimeline | null, untilMs: number): Vector3 => {
    if (!timeline) return [0, 0, 0];
    const primaries = timeline.mean(untilMs - exposureMs, untilMs);
    return mapVector((c) => matrix[c][0] * primaries[0] + matrix[c][1] * primaries[1] + matrix[c][2] * primaries[2]);
  };
  const blinks = (Math.PI * exposureMs) / 10;
  const flicker = room.flicker * Math.abs(Math.sin(blinks) / blinks);
  return {
    at: (capturedAtMs, to) => {
      const swell = 1 + room.drift * Math.sin((2 * Math.PI * room.driftHertz * capturedAtMs) / 1_000 + room.phase);
      for (let first = 0; first < height; first += ROW_BLOCK) {
        const untilMs = capturedAtMs - lagMs + CROP_ROWS * readoutMs * (first / height - 0.5);
        const fromScreen = seen(screen, untilMs - screenAddedLagMs);
        const fromDriven = seen(driven, untilMs - addedLagMs);
        const around = swell + flicker * Math.sin((2 * Math.PI * (untilMs - exposureMs / 2)) / 10 + room.phase);
        for (let row = first; row < Math.min(height, first + ROW_BLOCK); row++) {
          for (const c of [0, 1, 2] as const) {
            to.ambient[3 * row + c] = around * room.colour[c];
            to.screen[3 * row + c] = fromScreen[c];
            to.driven[3 * row + c] = fromDriven[c];
          }
        }
      }
    },
  };
}
