import type { ProgressStream } from './progress.ts';

/** How far something is whose size is known, as a percentage in one line; silent where the stream is no terminal. */
export function createShareProgress(
  label: string,
  stream: ProgressStream = process.stderr,
): { show(done: number, of: number): void; wipe(): void } {
  if (stream.isTTY !== true) return { show: () => undefined, wipe: () => undefined };
  let last = -1;
  return {
    show: (done, of) => {
      const percent = of === 0 ? 100 : Math.floor((100 * done) / of);
      if (percent === last) return;
      last = percent;
      stream.write(`\r${label} ${percent} %`);
    },
    wipe: () => {
      if (last >= 0) stream.write('\r\u001B[2K');
      last = -1;
    },
  };
}
