import { useCallback, useEffect, useRef, useState } from 'react';
import { NEUTRAL_RGB, type Srgb } from '../../../shared/domain/challenge.ts';
import type { CalibrationProgress } from '../../../shared/ipc/admin-camera.ts';
import type { CameraSource } from '../../../shared/ipc/camera-source.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { ask } from '../answers.ts';
import { useEnvironment, type AdminEnvironment, type CalibrationCamera } from '../environment.ts';
import { screenSize } from './screen-size.ts';

type Ended = Exclude<CalibrationProgress, { state: 'more' }>;

export type CalibrationPhase =
  | { readonly state: 'opening' }
  | { readonly state: 'ready'; readonly camera: CalibrationCamera }
  | { readonly state: 'recording'; readonly run: number; readonly of: number }
  | { readonly state: 'measuring' }
  | { readonly state: 'ended'; readonly outcome: Ended }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Grey between two recordings: the eyes rest, and the camera settles. */
const REST_MS = 700;

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, REST_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

interface RunOptions {
  readonly bridge: AdminEnvironment['bridge'];
  readonly camera: CalibrationCamera;
  readonly paint: (rgb: Srgb) => void;
  readonly signal: AbortSignal;
  readonly onPhase: (phase: CalibrationPhase) => void;
}

/** Records until main says that it has enough, and gives what it learned. */
async function calibrate({ bridge, camera, paint, signal, onPhase }: RunOptions): Promise<Result<Ended, Failure>> {
  const { label, width, height } = camera;
  const opened = await camera.describe();
  const setup = { camera: { label: label.slice(0, 200), width, height }, screen: screenSize(), opened };
  for (let run = 0; ; run += 1) {
    const begun = await ask(bridge, 'admin:calibration-run', { run, ...setup });
    if (!begun.ok) return begun;
    const { challenge, of } = begun.value;
    const { nonce } = challenge;
    onPhase({ state: 'recording', run, of });
    paint(NEUTRAL_RGB);
    await rest(signal);
    const display = await camera.record(challenge, {
      paint,
      signal,
      send: ({ rgb, width: wide, height: high, face, capturedAtMs }) => {
        const frame = { rgb: new Uint8Array(rgb), width: wide, height: high, face, capturedAtMs };
        return ask(bridge, 'admin:calibration-frame', { nonce, ...frame });
      },
    });
    if (!display.ok) return display;
    if (run + 1 === of) onPhase({ state: 'measuring' });
    const played = await ask(bridge, 'admin:calibration-played', { nonce, display: [...display.value] });
    if (!played.ok) return played;
    if (played.value.state !== 'more') return ok(played.value);
  }
}

export interface Calibration {
  readonly phase: CalibrationPhase;
  /** Records and measures; `paint` puts a colour on the whole window. */
  readonly start: (paint: (rgb: Srgb) => void) => void;
  /** Ends a recording and goes back to the begin. */
  readonly stop: () => void;
}

/** Opens the camera for as long as the dialog is there, and calibrates on demand. */
export function useCalibration(source: CameraSource, onStored: (ended: Ended) => void): Calibration {
  const { bridge, cameras } = useEnvironment();
  const [phase, setPhase] = useState<CalibrationPhase>({ state: 'opening' });
  const [round, setRound] = useState(0);
  const camera = useRef<CalibrationCamera | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => {
    let left = false;
    void cameras.openForCalibration(source).then((opened) => {
      if (left) return opened.ok ? opened.value.close() : undefined;
      if (!opened.ok) return setPhase({ state: 'failed', failure: opened.error });
      camera.current = opened.value;
      setPhase({ state: 'ready', camera: opened.value });
    });
    return () => {
      left = true;
      running.current?.abort();
      camera.current?.close();
      camera.current = null;
    };
  }, [cameras, source, round]);
  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    if (camera.current) return setPhase({ state: 'ready', camera: camera.current });
    setPhase({ state: 'opening' });
    setRound((n) => n + 1);
  }, []);
  const start = (paint: (rgb: Srgb) => void): void => {
    const opened = camera.current;
    if (!opened || running.current) return;
    const abort = new AbortController();
    running.current = abort;
    const { signal } = abort;
    const onPhase = (next: CalibrationPhase): void => {
      if (!signal.aborted) setPhase(next);
    };
    void calibrate({ bridge, camera: opened, paint, signal, onPhase }).then((result) => {
      if (signal.aborted) return;
      running.current = null;
      setPhase(result.ok ? { state: 'ended', outcome: result.value } : { state: 'failed', failure: result.error });
      if (result.ok) onStored(result.value);
    });
  };
  return { phase, start, stop };
}
