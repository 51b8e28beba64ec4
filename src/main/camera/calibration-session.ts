import type { DisplayLog, LightChallenge } from '../../shared/domain/challenge.ts';
import type { LightFrame } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import type { CalibrationFlaw } from '../../shared/ipc/admin-camera.ts';
import { failure, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** One recording: what was asked for, when it was on the screen, what the camera saw. */
export interface CalibrationRecording {
  readonly challenge: LightChallenge;
  readonly display: DisplayLog;
  readonly frames: readonly LightFrame[];
}

/** What the recordings give. */
export type MeasuredTerminal = Pick<
  TerminalCalibration,
  'lagMs' | 'lagSpreadMs' | 'colourMatrix' | 'gain' | 'framesPerSecond'
>;

/** What a calibration is for; it holds for nothing else. */
export type CalibratedDevices = Pick<TerminalCalibration, 'camera' | 'screen' | 'exposure'>;

export interface CalibrationParts {
  readonly issue: () => LightChallenge;
  readonly measure: (recordings: readonly CalibrationRecording[]) => Result<MeasuredTerminal, Failure>;
  readonly wallMs: () => number;
}

export type CalibrationOutcome =
  | { readonly state: 'more'; readonly runsLeft: number }
  | { readonly state: 'good'; readonly calibration: TerminalCalibration }
  | { readonly state: 'repeat'; readonly flaw: CalibrationFlaw; readonly detail: string };

/** Records light challenges in a row and learns from them. One at a time; a first run begins it anew. */
export interface CalibrationSession {
  begin(run: number, devices: CalibratedDevices): Result<LightChallenge, Failure>;
  addFrame(nonce: string, frame: LightFrame): Result<null, Failure>;
  /** Ends a recording; with the last one the terminal is measured and every picture dropped. */
  played(nonce: string, display: DisplayLog): Result<CalibrationOutcome, Failure>;
}

/** A median of three shrugs off one run in which somebody moved. */
export const CALIBRATION_RUNS = 3;
/** Four seconds at 30 frames a second: a recording takes three. */
const MOST_FRAMES = 120;
/** The judge's window around the lag is ±45 ms: runs that differ by more than this leave no room in it. */
const LARGEST_SPREAD_MS = 25;
/** Below this the light of the screen hardly shows on the face. */
const LEAST_GAIN = 0.04;
const LEAST_FPS = 15;

/** What a refusal of the measurement means to whoever stands there. */
const FLAW_OF: Partial<Record<FailureCode, CalibrationFlaw>> = {
  'liveness.code-mismatch': 'not-lit',
  'liveness.late-response': 'runs-differ',
  'capture.too-bright': 'weak-light',
  'capture.too-few-frames': 'too-few-frames',
};

interface Flawed {
  readonly flaw: CalibrationFlaw;
  readonly detail: string;
}

function flawOf({ lagSpreadMs, gain, framesPerSecond }: MeasuredTerminal): Flawed | null {
  if (framesPerSecond < LEAST_FPS) {
    return { flaw: 'too-few-frames', detail: `${framesPerSecond.toFixed(1)} frames a second` };
  }
  const meanGain = (gain[0] + gain[1] + gain[2]) / 3;
  if (meanGain < LEAST_GAIN) return { flaw: 'weak-light', detail: `${(100 * meanGain).toFixed(1)} % brighter` };
  if (lagSpreadMs <= LARGEST_SPREAD_MS) return null;
  return { flaw: 'runs-differ', detail: `the lags differ by ${Math.round(lagSpreadMs)} ms` };
}

const refused = (detail: string): Result<never, Failure> => err(failure('request.invalid', detail));

/**
 * `begin` counts runs from 0 and takes the same devices for all of them; anything out of its turn is `request.invalid`.
 * A refusal of `measure` that another try can't better is passed on.
 */
export function createCalibrationSession({ issue, measure, wallMs }: CalibrationParts): CalibrationSession {
  let recordings: CalibrationRecording[] = [];
  let devices: CalibratedDevices | null = null;
  let running: { readonly challenge: LightChallenge; readonly frames: LightFrame[] } | null = null;

  const zero = ({ frames }: Pick<CalibrationRecording, 'frames'>): void => frames.forEach(({ rgb }) => rgb.fill(0));
  const dropRunning = (): void => {
    if (running) zero(running);
    running = null;
  };
  const drop = (): void => {
    recordings.forEach(zero);
    recordings = [];
    devices = null;
    dropRunning();
  };
  const finish = (known: CalibratedDevices): Result<CalibrationOutcome, Failure> => {
    const measured = measure(recordings);
    drop();
    if (!measured.ok) {
      const flaw = FLAW_OF[measured.error.code];
      return flaw === undefined ? measured : ok({ state: 'repeat', flaw, detail: measured.error.detail ?? '' });
    }
    const flawed = flawOf(measured.value);
    if (flawed !== null) return ok({ state: 'repeat', ...flawed });
    const { lagMs, lagSpreadMs, colourMatrix, gain, framesPerSecond } = measured.value;
    const learned = { lagMs, lagSpreadMs, colourMatrix, gain, framesPerSecond };
    const calibratedAtMs = Math.floor(wallMs());
    return ok({ state: 'good', calibration: { version: 1, calibratedAtMs, ...known, ...learned } });
  };
  return {
    begin: (run, known) => {
      if (run === 0) {
        drop();
        devices = known;
      } else if (run !== recordings.length || JSON.stringify(devices) !== JSON.stringify(known)) {
        return refused('the calibration has to begin again');
      }
      dropRunning();
      running = { challenge: issue(), frames: [] };
      return ok(running.challenge);
    },
    addFrame: (nonce, frame) => {
      if (running?.challenge.nonce !== nonce) return refused('no such recording runs');
      if (running.frames.length >= MOST_FRAMES) return refused('too many frames');
      running.frames.push(frame);
      return ok(null);
    },
    played: (nonce, display) => {
      if (running?.challenge.nonce !== nonce || devices === null) return refused('no such recording runs');
      recordings.push({ ...running, display });
      running = null;
      const runsLeft = CALIBRATION_RUNS - recordings.length;
      return runsLeft > 0 ? ok({ state: 'more', runsLeft }) : finish(devices);
    },
  };
}

/** Whether a calibration holds for the camera and the screen in use; any difference makes it void. */
export function validityOf(
  { camera, screen }: TerminalCalibration,
  used: Pick<TerminalCalibration, 'camera' | 'screen'>,
): 'valid' | 'camera-changed' | 'screen-changed' {
  const sameCamera =
    camera.label === used.camera.label &&
    camera.identity === used.camera.identity &&
    camera.width === used.camera.width &&
    camera.height === used.camera.height;
  if (!sameCamera) return 'camera-changed';
  const sameScreen = screen.width === used.screen.width && screen.height === used.screen.height;
  return sameScreen ? 'valid' : 'screen-changed';
}
