import { stat } from 'node:fs/promises';

const INTERVAL_MS = 250;

/**
 * Watches the device file of an open port and calls `onGone` once when it goes away or becomes another one. Linux ends
 * reads from a port that hung up with nothing, which the serial library takes for "not yet" and asks again for ever;
 * the vanished file is the sign that doesn't get lost.
 *
 * @returns ends the watch. Does nothing where ports aren't files (Windows).
 */
export function watchDeviceNode(path: string, onGone: () => void): () => void {
  if (process.platform === 'win32') return () => undefined;
  const first = identityOf(path);
  const timer = setInterval(() => {
    void Promise.all([first, identityOf(path)]).then(([then, now]) => {
      if (then === null || then === now) return;
      clearInterval(timer);
      onGone();
    });
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Null when there is no such file. */
async function identityOf(path: string): Promise<string | null> {
  const node = await stat(path).catch(() => null);
  return node && `${node.dev} ${node.ino} ${node.rdev}`;
}
