import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Failure } from '../../../shared/reasons.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { CameraSource } from '../../../shared/ipc/camera-source.ts';
import { useAnswer } from '../answers.ts';
import { useEnvironment, type CameraPreview } from '../environment.ts';
import type { CameraDevice } from './camera-device.ts';

export interface CameraList {
  /** Null until the first answer. */
  readonly found: Result<readonly CameraDevice[], Failure> | null;
  readonly reload: () => void;
}

/** The cameras that are plugged in, kept up to date. */
export function useCameraList(): CameraList {
  const { cameras } = useEnvironment();
  const [found, setFound] = useState<CameraList['found']>(null);
  const reload = useCallback(() => void cameras.list().then(setFound), [cameras]);
  useEffect(() => {
    reload();
    return cameras.onChange(reload);
  }, [cameras, reload]);
  return { found, reload };
}

interface Opened {
  readonly wanted: string | null;
  readonly result: Result<CameraPreview, Failure>;
}

/** A camera that vanished is tried again this often, and at once when the machine says that one has come. */
const TRY_AGAIN_MS = 2_000;

/**
 * Opens the wanted camera (null: the first) for as long as the page shows it; null while it is opening. One that
 * vanishes becomes a failure at once, and is opened again as soon as it is back.
 */
export function usePreview(wanted: string | null, round: number): Result<CameraPreview, Failure> | null {
  const { cameras } = useEnvironment();
  const source = useSimulatedSource();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [lost, setLost] = useState(0);
  useEffect(() => {
    if (source === undefined) return;
    let left = false;
    let preview: CameraPreview | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    const retry = (): void => setLost((n) => n + 1);
    const onLost = (failure: Failure): void => {
      preview?.close();
      setOpened({ wanted, result: err(failure) });
      again = setTimeout(retry, TRY_AGAIN_MS);
    };
    void (source === null ? cameras.open(wanted) : cameras.openForCalibration(source)).then((result) => {
      if (result.ok && left) return result.value.close();
      if (left) return;
      if (result.ok) {
        preview = result.value;
        preview.live.onLost(onLost);
      } else if (lost > 0) again = setTimeout(retry, TRY_AGAIN_MS);
      setOpened({ wanted, result });
    });
    const stopListening = cameras.onChange(() => {
      if (again !== undefined) retry();
    });
    return () => {
      left = true;
      clearTimeout(again);
      stopListening();
      preview?.close();
    };
  }, [cameras, wanted, round, source, lost]);
  return opened !== null && opened.wanted === wanted ? opened.result : null;
}

/** The simulated camera of a demonstration; null elsewhere, undefined until that is known. */
function useSimulatedSource(): CameraSource | null | undefined {
  const { value, failure } = useAnswer('admin:calibration', { camera: null, opened: null, screen: SCREEN });
  const source = value?.source;
  const key = source?.kind === 'simulated' ? JSON.stringify(source) : null;
  const known = source !== undefined || failure !== null;
  return useMemo(() => {
    if (key !== null) return JSON.parse(key) as CameraSource;
    return known ? null : undefined;
  }, [key, known]);
}

/** Only which camera it is matters here. */
const SCREEN = { width: 1, height: 1 };
