import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { TrialMeasurement } from './trial-measurement.ts';
import type { CorpusRun } from './trial-run.ts';

/** Measurements by their place in the plan, kept in a file so that an interrupted or repeated run goes on. */
export interface KeptMeasurements {
  readonly known: ReadonlyMap<number, TrialMeasurement>;
  keep(index: number, measurement: TrialMeasurement): void;
}

const here = import.meta.dirname;
const root = join(here, '..', '..', '..');

/** What only decides, or finds faces: a light measurement is the same whatever they say. */
const WITHOUT =
  /\/(judge|relief-coefficients|relief-score|false-accept)\.ts$|\/src\/main\/inference\/|\/trial-judge\.ts$/;
const ENTRIES = ['trial-measurement.ts', 'trial-plan.ts', 'trial-vision.ts'];

/** The files that a file needs, itself included; types count too. */
function sourcesOf(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file) || WITHOUT.test(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
    sourcesOf(resolve(dirname(file), path!), found);
  }
  return found;
}

/** Names a run by all that its measurements depend on. */
function digestOf({ facesFolder, ...run }: CorpusRun): string {
  const hash = createHash('sha256').update(JSON.stringify([run.counts, run.perPhoto, run.seed, run.mesh]));
  if (facesFolder !== null) hash.update(readdirSync(facesFolder).sort().join('\n'));
  const sources = new Set(ENTRIES.flatMap((entry) => [...sourcesOf(join(here, entry))]));
  for (const file of [...sources].map((path) => relative(root, path)).sort()) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

export function openKeptMeasurements(folder: string, run: CorpusRun): KeptMeasurements {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${digestOf(run)}.jsonl`);
  const known = new Map<number, TrialMeasurement>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  for (const line of lines) {
    const { index, measurement } = JSON.parse(line) as { index: number; measurement: TrialMeasurement };
    known.set(index, measurement);
  }
  return {
    known,
    keep: (index, measurement) => appendFileSync(file, `${JSON.stringify({ index, measurement })}\n`),
  };
}
