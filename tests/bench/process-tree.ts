import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;

interface ProcessTime {
  readonly parent: number;
  readonly cpuSeconds: number;
  readonly command: string;
}

function readProcess(pid: number): ProcessTime | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return {
      parent: Number(fields[1]),
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      command,
    };
  } catch {
    return null;
  }
}

/** Processor time so far of every process below `root`, by its id; ended ones are missing. */
export function timesBelow(root: number): ReadonlyMap<number, ProcessTime> {
  const all = new Map<number, ProcessTime>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? readProcess(Number(name)) : null;
    if (found) all.set(Number(name), found);
  }
  const isBelow = (pid: number): boolean => {
    const parent = all.get(pid)?.parent;
    return parent !== undefined && parent !== 0 && (parent === root || isBelow(parent));
  };
  return new Map([...all].filter(([pid]) => isBelow(pid)));
}

/** Processor seconds that the processes below `root` use in `seconds`, split by `groupOf` a command line. */
export async function cpuWithin(
  root: number,
  seconds: number,
  groupOf: (command: string) => string,
): Promise<ReadonlyMap<string, number>> {
  const before = timesBelow(root);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const used = new Map<string, number>();
  for (const [pid, { cpuSeconds, command }] of timesBelow(root)) {
    const group = groupOf(command);
    const spent = cpuSeconds - (before.get(pid)?.cpuSeconds ?? 0);
    used.set(group, (used.get(group) ?? 0) + spent);
  }
  return used;
}
