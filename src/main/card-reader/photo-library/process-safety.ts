import type koffi from 'koffi';

type Koffi = Pick<typeof koffi, 'load'>;

/** Longer than the owner of the process waits for loading; only a process without an owner ever hears it. */
const ALARM_S = 15;
const PR_SET_DUMPABLE = 4;

/** A crash must not write the photo that is in memory to a disk. Linux only; elsewhere nothing is changed. */
export function keepOutOfCoreDumps({ load }: Koffi): void {
  if (process.platform !== 'linux') return;
  try {
    const prctl = load(null).func('int prctl(int option, unsigned long, unsigned long, unsigned long, unsigned long)');
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  } catch {
    // The process works without it; the system's own setting for core dumps then holds.
  }
}

/**
 * Ends this process when foreign code doesn't return although the owner of the process, who would end it, is gone:
 * a call that hangs keeps the process from noticing. Windows ends such a process with its owner by itself.
 */
export function deadMansSwitch({ load }: Koffi): <T>(run: () => T) => T {
  let alarm: (seconds: number) => void = () => undefined;
  if (process.platform !== 'win32') {
    try {
      alarm = load(null).func('unsigned int alarm(unsigned int seconds)');
    } catch {
      // Without it a hanging library outlives a killed kiosk, and nothing else changes.
    }
  }
  return (run) => {
    alarm(ALARM_S);
    try {
      return run();
    } finally {
      alarm(0);
    }
  };
}
