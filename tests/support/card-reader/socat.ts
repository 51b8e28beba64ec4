import { spawnSync } from 'node:child_process';

/** Whether pseudo-terminals can be made here; says why not once. */
export function hasSocat(): boolean {
  const found = process.platform !== 'win32' && spawnSync('socat', ['-V']).status === 0;
  if (!found) console.warn('skipped: socat is not installed, so there are no pseudo-terminals to test with');
  return found;
}
