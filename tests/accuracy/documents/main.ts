// Measures how documents are read, on specimens of people who don't exist; `npm run accuracy -- documents --help` says
// what it takes and docs/documents/accuracy.md what its figures are worth.
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { root } from '../../../scripts/steps/paths.ts';
import { runFacts } from '../run-facts.ts';
import { CAUSES, LEVELS, type Cause, type Level } from './degradations/levels.ts';
import { openKeptOutcomes } from './kept-outcomes.ts';
import { openReader } from './open-reader.ts';
import { measureOtherParts } from './other-parts.ts';
import { readTrial, type ReadTrial, type Trial, type TrialOutcome } from './reading-trial.ts';
import { reportMarkdown } from './reading-report.ts';
import { groupOf, summarise } from './reading-summary.ts';

const PARTS = ['id-cards', 'bank-cards', 'zones', 'warnings'] as const;
const USAGE = `npm run accuracy -- documents [options]
  --count N        people (default 100): both sides of each at every level
  --levels LIST    of none,mild,moderate,severe (default: all)
  --causes LIST    of ${Object.keys(CAUSES).join(',')}, or none (default: all, with a quarter of the people)
  --seed-from N    the first seed (default 1); every second one is taken: odd seeds are reported on,
                   even ones are for choosing limits
  --only PART      ${PARTS.join(', ')} (default: all)
  --quick          four people, moderate, no causes
  --threads N      threads of the models (default 1)
  --out DIR        for summary.json, report.md, the worst failures' pictures and the outcomes that an
                   interrupted run takes up again (default: test-output/accuracy/documents)`;

const startedAtMs = Date.now();
const args = process.argv.slice(2);
const options = readOptions();
const out = resolve(process.env['INIT_CWD'] ?? process.cwd(), options.out);
mkdirSync(join(out, 'failures'), { recursive: true });
let pictures = 0;

if (options.only === null || options.only === 'id-cards') await measureIdCards();
if (options.only !== 'id-cards') measureOtherParts(options.only, options.count, options.seedFrom);

async function measureIdCards(): Promise<void> {
  const facts = (): ReturnType<typeof runFacts> => runFacts(root, 'documents', ['documents', ...args], startedAtMs);
  const kept = openKeptOutcomes(join(out, 'kept.jsonl'), identityOf(facts()));
  const reader = await openReader(options.threads);
  const outcomes: TrialOutcome[] = [];
  const trials = plannedTrials();
  const loads: number[] = [];
  let mostMegabytes = 0;
  for (const trial of trials) {
    const known = kept.find(trial);
    if (known === undefined) {
      const read = await readTrial(reader, trial);
      await keepFailure(read);
      kept.keep(read.outcome);
      outcomes.push(read.outcome);
    } else outcomes.push(known);
    loads.push(loadavg()[0]!);
    mostMegabytes = Math.max(mostMegabytes, process.memoryUsage().rss / 2 ** 20);
    if (outcomes.length % 20 === 0) console.error(`${outcomes.length} of ${trials.length} pictures`);
  }
  await reader.release();
  const groups = summarise(outcomes);
  const run = facts();
  const load = loads.length === 0 ? 0 : loads.reduce((sum, value) => sum + value, 0) / loads.length;
  const machine = { meanLoad: Number(load.toFixed(1)), mostMegabytes: Math.round(mostMegabytes) };
  writeFileSync(join(out, 'summary.json'), `${JSON.stringify({ version: 1, run, machine, groups, outcomes })}\n`);
  const markdown = reportMarkdown(groups);
  writeFileSync(join(out, 'report.md'), `${markdown}\n`);
  console.log(markdown);
  console.log(
    `\nSpecimens, not cards: no rate of these is a promise. Times under a mean load of ${machine.meanLoad} on ` +
      `${run.machine.cores} × ${run.machine.processor}; at most ${machine.mostMegabytes} MiB resident, the specimens' ` +
      `drawing included; commit ${run.commit}${run.changed ? ' with changes' : ''}. Written to ${out}`,
  );
}

function plannedTrials(): Trial[] {
  const seeds = Array.from({ length: options.count }, (_, i) => options.seedFrom + 2 * i);
  const sides = ['front', 'back'] as const;
  const both = (seed: number, level: Level, cause: Cause | null): Trial[] =>
    sides.map((side) => ({ seed, side, level, cause }));
  return [
    ...options.levels.flatMap((level) => seeds.flatMap((seed) => both(seed, level, null))),
    ...options.causes.flatMap((cause) =>
      seeds.slice(0, Math.max(4, Math.ceil(options.count / 4))).flatMap((seed) => both(seed, 'mild', cause)),
    ),
  ];
}

/** Sources that differ from their commit may differ from run to run: nothing is taken up again then. */
function identityOf({ commit, changed }: ReturnType<typeof runFacts>): string {
  return changed ? `${commit}+${startedAtMs}` : commit;
}

/** Keeps the first thirty pictures that were refused, or that a wrong value was read from as a sure one. */
async function keepFailure({ outcome, photo, specimen, reading }: ReadTrial): Promise<void> {
  const surelyWrong = Object.entries(outcome.fields).filter(([, { doubt, errors }]) => doubt === null && errors > 0);
  if (outcome.refused === null && surelyWrong.length === 0) return;
  if (pictures++ >= 30) return;
  const name = `${groupOf(outcome).replace(' ', '-')}-${outcome.seed}-${outcome.side}`;
  await sharp(photo.jpeg)
    .jpeg({ quality: 85 })
    .toFile(join(out, 'failures', `${name}.jpg`));
  const told = {
    outcome,
    truth: specimen.fields,
    read: reading !== null && 'fields' in reading ? reading.fields : null,
  };
  writeFileSync(join(out, 'failures', `${name}.json`), `${JSON.stringify(told, null, 1)}\n`);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      args,
      options: {
        count: { type: 'string', default: '100' },
        levels: { type: 'string', default: LEVELS.join(',') },
        causes: { type: 'string', default: Object.keys(CAUSES).join(',') },
        'seed-from': { type: 'string', default: '1' },
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        threads: { type: 'string', default: '1' },
        out: { type: 'string', default: join(root, 'test-output', 'accuracy', 'documents') },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return {
      count: values.quick ? 4 : whole(values.count, '--count'),
      levels: values.quick ? ['moderate' as const] : listed(values.levels, LEVELS, '--levels'),
      causes: values.quick ? [] : listed(values.causes, Object.keys(CAUSES) as Cause[], '--causes'),
      seedFrom: whole(values['seed-from'], '--seed-from'),
      only: values.only === undefined ? null : listed(values.only, PARTS, '--only')[0]!,
      threads: whole(values.threads, '--threads'),
      out: values.out,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

function listed<T extends string>(text: string, known: readonly T[], option: string): T[] {
  if (text === 'none' && !known.includes('none' as T)) return [];
  return text.split(',').map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw new Error(`${option}: ${known.join(', ')}`);
    return found;
  });
}

function whole(text: string, option: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${option} takes a whole number from 1 on`);
  return Number(text);
}
