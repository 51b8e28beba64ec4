import { describe, expect, it } from 'vitest';
import type { LightFrame } from '../../../src/shared/domain/liveness.ts';
import { calibrate, type CalibrationRecording } from '../../../src/main/liveness/calibration.ts';
import { issueLightChallenge } from '../../../src/main/liveness/light-challenge.ts';
import { displayAsIssued, renderFrames, seededBytes, type SyntheticScene } from './synthetic-light.ts';

function recordings(changes: readonly Partial<SyntheticScene>[]): CalibrationRecording[] {
  return changes.map((change, i) => {
    const challenge = issueLightChallenge({
      randomBytes: seededBytes(`calibration ${i}`),
      palette: 'vivid',
      slots: 10,
    });
    const frames = renderFrames({ challenge, seed: i, ...change });
    return { challenge, display: displayAsIssued(challenge), frames };
  });
}

/** A camera that sees a fifth of each primary in the next channel. */
function mixed(frame: LightFrame): LightFrame {
  const rgb = frame.rgb.slice();
  for (let i = 0; i < rgb.length; i += 3) {
    for (let c = 0; c < 3; c++) {
      const linear = (byte: number): number => (byte / 255) ** 2.2;
      const value = 0.8 * linear(frame.rgb[i + c]!) + 0.2 * linear(frame.rgb[i + ((c + 1) % 3)]!);
      rgb[i + c] = Math.round(255 * value ** (1 / 2.2));
    }
  }
  return { ...frame, rgb };
}

describe('calibrate', () => {
  it('finds lag, colours and gain of a terminal', () => {
    const found = calibrate(recordings([{}, {}, {}]));
    if (!found.ok) throw new Error(found.error.detail);
    const { lagMs, lagSpreadMs, colourMatrix, gain, framesPerSecond } = found.value;
    expect(Math.abs(lagMs - 130)).toBeLessThanOrEqual(8);
    expect(lagSpreadMs).toBeLessThanOrEqual(8);
    expect(framesPerSecond).toBeCloseTo(30, 0);
    colourMatrix.forEach((row, r) =>
      row.forEach((value, c) => expect(Math.abs(value - (r === c ? 1 : 0))).toBeLessThan(0.06)),
    );
    expect(Math.min(...gain)).toBeGreaterThan(0.2);
  });

  it('finds which primaries a camera mixes', () => {
    const found = calibrate(
      recordings([{}, {}, {}]).map((recording) => ({ ...recording, frames: recording.frames.map(mixed) })),
    );
    if (!found.ok) throw new Error(found.error.detail);
    const [red] = found.value.colourMatrix;
    expect(red[0]).toBeGreaterThan(0.7);
    expect(red[1]).toBeGreaterThan(0.08);
    expect(Math.abs(red[2])).toBeLessThan(0.06);
  });

  it.each([
    ['too few runs', recordings([{}, {}]), 'request.invalid', '2 recordings; 3 are needed'],
    [
      'lags that differ',
      recordings([{}, { lagMs: 90 }, { lagMs: 220 }]),
      'liveness.late-response',
      expect.stringMatching(/^the lags differ by \d+ ms/),
    ],
    [
      'a card that the screen does not light',
      recordings([{}, {}, { faceGain: 0, backgroundGain: 0 }]),
      'liveness.code-mismatch',
      expect.stringContaining('recording 3 does not follow the screen'),
    ],
    [
      'a display that broke off',
      recordings([{}, {}, {}]).map((recording) => ({ ...recording, display: recording.display.slice(0, 5) })),
      'challenge.incomplete',
      'recording 1 does not show the whole challenge',
    ],
    [
      'no frames',
      recordings([{}, {}, {}]).map((recording) => ({ ...recording, frames: [] })),
      'capture.too-few-frames',
      'recording 1 has 0 frames',
    ],
    [
      'a frame that contradicts itself',
      recordings([{}, {}, {}]).map((recording) => ({
        ...recording,
        frames: recording.frames.map((frame) => ({ ...frame, width: 7 })),
      })),
      'request.invalid',
      'recording 1 has a malformed frame',
    ],
  ])('refuses %s', (_name, given, code, detail: unknown) => {
    expect(calibrate(given)).toEqual({ ok: false, error: { code, detail } });
  });
});
