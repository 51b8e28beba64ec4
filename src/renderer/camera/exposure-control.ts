import { rangeOf } from './camera-fingerprint.ts';

/** A track as far as its exposure goes; a `MediaStreamTrack` is one. */
export interface ExposureTrack {
  getCapabilities(): object;
  getSettings(): object;
  applyConstraints(constraints: { advanced: object[] }): Promise<void>;
}

/** An exposure that can be set by number, in the camera's unit (100 µs for USB video class). */
export interface ExposureControl {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What the camera says it uses now. */
  current(): number | null;
  /** Holds an exposure; resolves to what the camera then says it uses, null when it refuses. */
  hold(exposureTime: number): Promise<number | null>;
  /** Gives the exposure back to whatever ruled it before. */
  release(): Promise<void>;
}

function currentOf(track: ExposureTrack): number | null {
  const value: unknown = Reflect.get(track.getSettings(), 'exposureTime');
  return typeof value === 'number' && value > 0 ? value : null;
}

/** Null where the camera's exposure can't be set. */
export function exposureControlOf(track: ExposureTrack): ExposureControl | null {
  const capabilities = track.getCapabilities();
  const modes: unknown = Reflect.get(capabilities, 'exposureMode');
  const range = rangeOf(capabilities, 'exposureTime');
  if (!Array.isArray(modes) || !modes.includes('manual') || range === null || range.max <= range.min) return null;
  const modeBefore: unknown = Reflect.get(track.getSettings(), 'exposureMode');
  const apply = async (constraint: object): Promise<boolean> => {
    try {
      await track.applyConstraints({ advanced: [constraint] });
      return true;
    } catch {
      return false;
    }
  };
  return {
    min: range.min,
    max: range.max,
    step: range.step ?? 0,
    current: () => currentOf(track),
    hold: async (exposureTime) => ((await apply({ exposureMode: 'manual', exposureTime })) ? currentOf(track) : null),
    release: async () => {
      if (modeBefore !== 'manual' && modes.includes('continuous')) await apply({ exposureMode: 'continuous' });
    },
  };
}

/** The camera's own step nearest to `wanted`, inside of its range. */
export function nearestExposure({ min, max, step }: ExposureControl, wanted: number): number {
  const stepped = step > 0 ? min + Math.round((wanted - min) / step) * step : wanted;
  return Math.min(max, Math.max(min, stepped));
}
