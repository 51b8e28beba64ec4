import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
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

/** Opens the wanted camera (null: the first) for as long as the page shows it; null while it is opening. */
export function usePreview(wanted: string | null, round: number): Result<CameraPreview, Failure> | null {
  const { cameras } = useEnvironment();
  const [opened, setOpened] = useState<Opened | null>(null);
  useEffect(() => {
    let left = false;
    let preview: CameraPreview | null = null;
    void cameras.open(wanted).then((result) => {
      if (result.ok && left) return result.value.close();
      if (left) return;
      if (result.ok) preview = result.value;
      setOpened({ wanted, result });
    });
    return () => {
      left = true;
      preview?.close();
      setOpened(null);
    };
  }, [cameras, wanted, round]);
  return opened !== null && opened.wanted === wanted ? opened.result : null;
}
