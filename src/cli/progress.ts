const BAR_CELLS = 24;

/** The part of a terminal that a progress bar needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  /** One more of the total is done. */
  step(): void;
  /** Takes the bar away, until the next step. */
  wipe(): void;
}

/** A progress bar of one line; silent where the stream is no terminal, so that logs stay free of it. */
export function createProgress(label: string, total: number, stream: ProgressStream = process.stderr): Progress {
  if (stream.isTTY !== true || total === 0) return { step: () => undefined, wipe: () => undefined };
  let done = 0;
  const draw = (): void => {
    const filled = Math.round((BAR_CELLS * Math.min(done, total)) / total);
    stream.write(`\r${label} [${'#'.repeat(filled)}${'.'.repeat(BAR_CELLS - filled)}] ${done}/${total}`);
  };
  draw();
  return {
    step: () => {
      done += 1;
      draw();
    },
    wipe: () => void stream.write('\r\u001B[2K'),
  };
}
