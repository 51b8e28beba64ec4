import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Trial, TrialOutcome } from './reading-trial.ts';

/** Outcomes of a run that was interrupted, one a line; a run with the same commit and options takes them up again. */
export interface KeptOutcomes {
  find(trial: Trial): TrialOutcome | undefined;
  keep(outcome: TrialOutcome): void;
}

/** @param identity what the outcomes depend on; others are left alone. */
export function openKeptOutcomes(file: string, identity: string): KeptOutcomes {
  mkdirSync(dirname(file), { recursive: true });
  const known = new Map<string, TrialOutcome>();
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    if (!line.startsWith(`${identity}\t`) || !line.endsWith('}')) continue;
    const outcome = JSON.parse(line.slice(identity.length + 1)) as TrialOutcome;
    known.set(keyOf(outcome), outcome);
  }
  return {
    find: (trial) => known.get(keyOf(trial)),
    keep: (outcome) => appendFileSync(file, `${identity}\t${JSON.stringify(outcome)}\n`),
  };
}

function keyOf({ seed, side, level, cause }: Trial): string {
  return [seed, side, level, cause ?? ''].join('/');
}
