import { describe, expect, it } from 'vitest';
import {
  createCalibrationSession,
  validityOf,
  type CalibratedDevices,
  type CalibrationRecording,
  type MeasuredTerminal,
} from '../../../src/main/camera/calibration-session.ts';
import type { LightChallenge } from '../../../src/shared/domain/challenge.ts';
import { terminalCalibrationSchema } from '../../../src/shared/domain/terminal-calibration.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';

const DEVICES: CalibratedDevices = {
  camera: { label: 'Camera (046d:082d)', identity: 'usb:046d:082d:1', width: 640, height: 480 },
  screen: { width: 1080, height: 1920 },
  exposure: null,
};
const GOOD: MeasuredTerminal = {
  lagMs: 118,
  lagSpreadMs: 6,
  colourMatrix: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  gain: [0.3, 0.3, 0.3],
  framesPerSecond: 30,
};
const nonceOf = (n: number): string => n.toString(16).padStart(32, '0');

function session(measured: Result<MeasuredTerminal, Failure> = ok(GOOD)) {
  let issued = 0;
  const seen: CalibrationRecording[][] = [];
  const made = createCalibrationSession({
    issue: (): LightChallenge => ({
      kind: 'light',
      nonce: nonceOf((issued += 1)),
      colours: [{ rgb: [255, 0, 0], startMs: 250, durationMs: 250 }],
      leadInMs: 250,
      tailMs: 200,
    }),
    measure: (recordings) => {
      seen.push([...recordings]);
      return measured;
    },
    wallMs: () => 1_000.5,
  });
  return { made, seen };
}

const frame = (byte = 7) => ({
  rgb: new Uint8Array(8 * 8 * 3).fill(byte),
  width: 8,
  height: 8,
  face: { x: 1, y: 1, width: 6, height: 6 },
  capturedAtMs: 1,
});

describe('pictures of a calibration that begins again', () => {
  it.each([0, 1])('are zeroed while run %i is recorded', (run) => {
    const { made } = session();
    for (let before = 0; before < run; before += 1) {
      made.begin(before, DEVICES);
      made.played(nonceOf(before + 1), [{ index: 0, shownAtMs: 250 }]);
    }
    made.begin(run, DEVICES);
    const given = frame();
    made.addFrame(nonceOf(run + 1), given);
    expect(given.rgb.every((byte) => byte === 7)).toBe(true);
    made.begin(run, DEVICES);
    expect(given.rgb.every((byte) => byte === 0)).toBe(true);
  });
});

/** Three recordings of two frames each; the outcome of the last. */
function record(made: ReturnType<typeof session>['made'], devices = DEVICES) {
  for (const run of [0, 1, 2]) {
    const begun = made.begin(run, devices);
    if (!begun.ok) return begun;
    const { nonce } = begun.value;
    made.addFrame(nonce, frame());
    made.addFrame(nonce, frame());
    const played = made.played(nonce, [{ index: 0, shownAtMs: 250 }]);
    if (!played.ok || played.value.state !== 'more') return played;
    expect(played.value.runsLeft).toBe(2 - run);
  }
  throw new Error('no end after three recordings');
}

const refused = (detail: string) => err(failure('request.invalid', detail));

describe('a calibration', () => {
  it('measures three recordings, keeps what they are for, and drops every picture', () => {
    const { made, seen } = session();
    const outcome = record(made);
    const calibration = { version: 1, calibratedAtMs: 1_000, ...DEVICES, ...GOOD };
    expect(outcome).toEqual(ok({ state: 'good', calibration }));
    expect(terminalCalibrationSchema.safeParse(calibration).success).toBe(true);
    expect(seen[0]!.map(({ frames }) => frames.length)).toEqual([2, 2, 2]);
    expect(seen[0]!.every(({ frames }) => frames.every(({ rgb }) => rgb.every((byte) => byte === 0)))).toBe(true);
    expect(new Set(seen[0]!.map(({ challenge }) => challenge.nonce)).size).toBe(3);
  });

  it.each([
    ['runs-differ', ok({ ...GOOD, lagSpreadMs: 26 })],
    ['weak-light', ok({ ...GOOD, gain: [0.03, 0.04, 0.03] as const })],
    ['too-few-frames', ok({ ...GOOD, framesPerSecond: 14 })],
    ['not-lit', err(failure('liveness.code-mismatch', 'x'))],
    ['runs-differ', err(failure('liveness.late-response', 'x'))],
    ['weak-light', err(failure('capture.too-bright', 'x'))],
    ['too-few-frames', err(failure('capture.too-few-frames', 'x'))],
  ] as const)('has to be repeated: %s', (flaw, measured) => {
    expect(record(session(measured).made)).toMatchObject({ value: { state: 'repeat', flaw } });
  });

  it('fails when the measurement fails for another reason', () => {
    const broken = err(failure('internal.bug', 'x'));
    expect(record(session(broken).made)).toEqual(broken);
  });

  it('takes only the frames and the end of the recording that runs, and not without bound', () => {
    const { made } = session();
    expect(made.addFrame(nonceOf(1), frame())).toEqual(refused('no such recording runs'));
    expect(made.played(nonceOf(1), [])).toEqual(refused('no such recording runs'));
    expect(made.begin(1, DEVICES)).toEqual(refused('the calibration has to begin again'));
    made.begin(0, DEVICES);
    expect(made.addFrame(nonceOf(2), frame())).toEqual(refused('no such recording runs'));
    for (let i = 0; i < 120; i += 1) expect(made.addFrame(nonceOf(1), frame()).ok).toBe(true);
    expect(made.addFrame(nonceOf(1), frame())).toEqual(refused('too many frames'));
    made.played(nonceOf(1), []);
    expect(made.played(nonceOf(1), [])).toEqual(refused('no such recording runs'));
  });

  it('begins again when the camera or the screen changes in between', () => {
    const { made } = session();
    const begun = made.begin(0, DEVICES);
    if (begun.ok) made.played(begun.value.nonce, []);
    const other = { ...DEVICES, screen: { width: 1920, height: 1080 } };
    expect(made.begin(1, other)).toEqual(refused('the calibration has to begin again'));
    expect(made.begin(0, other).ok).toBe(true);
  });

  it('holds for its camera, picture and screen alone', () => {
    const calibration = { version: 1, calibratedAtMs: 1, ...DEVICES, ...GOOD } as const;
    const { camera, screen } = DEVICES;
    expect(validityOf(calibration, DEVICES)).toBe('valid');
    expect(validityOf(calibration, { screen, camera: { ...camera, identity: null } })).toBe('camera-changed');
    expect(validityOf(calibration, { screen, camera: { ...camera, identity: 'usb:046d:082d:2' } })).toBe(
      'camera-changed',
    );
    expect(validityOf(calibration, { screen, camera: { ...camera, width: 1280 } })).toBe('camera-changed');
    expect(validityOf(calibration, { camera, screen: { width: 1920, height: 1080 } })).toBe('screen-changed');
  });
});
