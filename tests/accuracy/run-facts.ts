import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { basename } from 'node:path';

/** What a figure needs to be reproduced or doubted. */
export interface RunFacts {
  /** Paths by their last part only: a folder's place says nothing to others. */
  readonly command: string;
  readonly commit: string;
  /** Sources or models differed from the commit. */
  readonly changed: boolean;
  readonly chain: string;
  readonly date: string;
  readonly machine: { readonly processor: string; readonly cores: number; readonly node: string };
  readonly cpuSeconds: number;
  readonly loadAverage: number;
}

/** @param startedAtMs wall time. */
export function runFacts(root: string, chain: string, args: readonly string[], startedAtMs: number): RunFacts {
  const git = (...parts: string[]): string => {
    try {
      return execFileSync('git', parts, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return 'unknown';
    }
  };
  const { user, system } = process.cpuUsage();
  return {
    command: ['npm run accuracy --', ...args.map((arg) => (arg.includes('/') ? basename(arg) : arg))].join(' '),
    commit: git('rev-parse', '--short', 'HEAD'),
    changed: git('status', '--porcelain', '--', 'src', 'models', 'tests/accuracy') !== '',
    chain,
    date: new Date(startedAtMs).toISOString().slice(0, 10),
    machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
    cpuSeconds: Math.round((user + system) / 1e6),
    loadAverage: Number(loadavg()[0]!.toFixed(1)),
  };
}
