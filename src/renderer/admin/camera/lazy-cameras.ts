import type { Cameras } from '../environment.ts';

/** Cameras whose code is loaded when they are first asked for. */
export function lazyCameras(load: () => Promise<Cameras>): Cameras {
  let loading: Promise<Cameras> | null = null;
  const cameras = (): Promise<Cameras> => (loading ??= load());
  return {
    list: async () => (await cameras()).list(),
    open: async (deviceId) => (await cameras()).open(deviceId),
    openForCalibration: async (source) => (await cameras()).openForCalibration(source),
    onChange: (listener) => later(cameras(), (loaded) => loaded.onChange(listener)),
  };
}

/** Stops what begins later, whether it has begun or not. */
function later<T>(promise: Promise<T>, begin: (loaded: T) => () => void): () => void {
  let stop = (): void => undefined;
  let isOver = false;
  void promise.then((loaded) => {
    if (!isOver) stop = begin(loaded);
  });
  return () => {
    isOver = true;
    stop();
  };
}
