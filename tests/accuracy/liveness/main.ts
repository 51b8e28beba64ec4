// Measures the light challenge's judge on simulated recordings; `npm run accuracy -- liveness --help` says what it
// takes and docs/liveness/accuracy.md what its figures are worth.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mediaFolder, modelsFolder, root } from '../../../scripts/steps/paths.ts';
import { runFacts } from '../run-facts.ts';
import { openKeptMeasurements } from './kept-measurements.ts';
import { judgeTrial } from './trial-judge.ts';
import { FULL, QUICK } from './trial-plan.ts';
import { reportMarkdown, reportPlot } from './trial-report.ts';
import { runCorpus, type CorpusRun } from './trial-run.ts';
import { summariseTrials } from './trial-summary.ts';

const USAGE = `npm run accuracy -- liveness [options]
  --quick        a few of each kind, under a minute: shows that the suite works and claims nothing
  --seed N       another corpus (default 1)
  --faces DIR    more photos: one face each, DIR/name_0001.jpg; stays outside of the repository
  --mesh model   finds the face's mesh with the models instead of giving true ones the models' measured errors
  --workers N    threads (default 2); the figures don't depend on it
  --out DIR      for summary.json, report.md, det.svg and what was measured, which
                 a run with other limits or coefficients takes up again (default: test-output/accuracy/liveness)`;

const startedAtMs = Date.now();
const args = process.argv.slice(2);
const options = readOptions();
const out = locate(options.out ?? join(root, 'test-output', 'accuracy', 'liveness'));
const counts = options.quick ? QUICK : FULL;
const run: CorpusRun = {
  modelsFolder,
  mediaFolder,
  facesFolder: options.faces === undefined ? null : locate(options.faces),
  perPhoto: options.faces === undefined ? 12 : 3,
  counts,
  seed: Number(options.seed),
  mesh: options.mesh === 'model' ? 'model' : 'tracked',
};
const kept = openKeptMeasurements(join(out, 'kept'), run);
if (kept.known.size > 0) console.error(`${kept.known.size} measurements are kept from before`);
const measurements = await runCorpus(run, Number(options.workers), kept, (done, total) => {
  if (done === total || done % 200 === 0) console.error(`${done} of ${total} presentations`);
});
const results = measurements.map(judgeTrial);
const summary = summariseTrials(results);
const facts = runFacts(root, 'light', ['liveness', ...args], startedAtMs);
const markdown = reportMarkdown(summary);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'summary.json'), `${JSON.stringify({ version: 1, run: facts, counts, summary, results })}\n`);
writeFileSync(join(out, 'report.md'), markdown);
writeFileSync(join(out, 'det.svg'), reportPlot(summary));
console.log(markdown);
console.log(
  `Simulated, not recorded: no rate of these is a promise. Light only: the spoof model isn't asked.\n` +
    `${((Date.now() - startedAtMs) / 1_000).toFixed(0)} s, ${facts.cpuSeconds} s of CPU time, load ` +
    `${facts.loadAverage}; commit ${facts.commit}${facts.changed ? ' with changes' : ''}. Written to ${out}`,
);

function readOptions() {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        faces: { type: 'string' },
        mesh: { type: 'string', default: 'tracked' },
        workers: { type: 'string', default: '2' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (!/^\d{1,9}$/.test(values.seed)) throw new Error('--seed: a whole number');
    if (!/^[1-9]\d?$/.test(values.workers)) throw new Error('--workers: a number of threads');
    if (!['tracked', 'model'].includes(values.mesh)) throw new Error('--mesh: tracked or model');
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** Relative to the folder that npm was called in. */
function locate(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
