// Measures how well the chain tells persons apart and attacks from live faces, on data of your own or on the few
// stills that come with the preparation. `npm run accuracy -- --help` says what it takes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { detPlot } from '../src/main/comparison/det-plot.ts';
import { seededRandom } from '../src/main/comparison/seeded-random.ts';
import { createFacePipeline } from '../src/main/inference/face-pipeline.ts';
import { loadModels } from '../src/main/inference/model-store.ts';
import { PAIR_KINDS } from '../src/shared/domain/comparison.ts';
import type { Failure } from '../src/shared/reasons.ts';
import { err, ok, type Result } from '../src/shared/result.ts';
import { readDataset, type AccuracyDataset } from '../tests/accuracy/dataset.ts';
import { chainDigest, openEmbeddingCache } from '../tests/accuracy/embedding-cache.ts';
import { readLfwPairs } from '../tests/accuracy/lfw-folder.ts';
import { packagedDataset } from '../tests/accuracy/packaged-dataset.ts';
import { evaluatePairs, type PairEvaluation } from '../tests/accuracy/pair-evaluation.ts';
import { evaluatePresentations, type PresentationEvaluation } from '../tests/accuracy/presentation-evaluation.ts';
import { runFacts } from '../tests/accuracy/run-facts.ts';
import { pairLines, presentationLines } from '../tests/accuracy/summary-text.ts';
import { withThresholds } from '../tests/accuracy/threshold-writer.ts';
import { mediaFolder, modelsFolder, root } from './steps/paths.ts';

const USAGE = `npm run accuracy -- [options]
  --data DIR          folder with manifest.json, or pairs.csv and presentations.csv
  --lfw DIR           folder of Labeled Faces in the Wild (DIR/name/name_0001.jpg), with
  --pairs FILE        its pairs.txt, and
  --folds LIST        the folds to use, for example 1,2,3 (default: all ten)
  --kind KIND         pairs or spoof (default: whatever the data has)
  --cross-pairs       every image with every other; needs a subject for each (always so with --lfw)
  --out DIR           for summary.json, the plots and the kept embeddings (default: test-output/accuracy)
  --write-thresholds  puts the measured tables into models/manifest.json
"npm run accuracy -- liveness" measures the light challenge on simulated recordings, "npm run accuracy -- documents" how
documents are read from specimens; each has a --help of its own.
Without --data and --lfw a handful of stills is used: it shows that the suite works and claims nothing.`;

const SEED = 20_260_101;
const startedAtMs = Date.now();
const args = process.argv.slice(2);
const options = readOptions();
const dataset = await openDataset();
if (!dataset.ok) fail(`The data can't be used: ${dataset.error.detail ?? dataset.error.code}`);
const out = locate(options.out ?? join(root, 'test-output', 'accuracy'));
mkdirSync(out, { recursive: true });

const store = await loadModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
if (!store.ok) fail(`The models can't be used: ${store.error.detail ?? store.error.code}. Run "npm run models".`);
const pipeline = createFacePipeline(store.value.models);
const chain = chainDigest(store.value.hashes);
const { description, pairs, presentations } = dataset.value;
console.log(`${description}: ${pairs.length} listed pairs, ${presentations.length} presentations`);

const pairEvaluations = options.kind === 'spoof' || pairs.length === 0 ? [] : await measurePairs();
const spoof =
  options.kind === 'pairs' || presentations.length === 0
    ? null
    : await evaluatePresentations(presentations, pipeline, progressOf('presentations'));
const facts = runFacts(root, chain, args, startedAtMs);
report();
if (options['write-thresholds']) await writeThresholds();
await store.value.release();

async function measurePairs(): Promise<PairEvaluation[]> {
  const cache = await openEmbeddingCache(join(out, 'embeddings', chain), pipeline);
  const cross = options['cross-pairs'] || options.lfw !== undefined || options.data === undefined;
  const evaluations: PairEvaluation[] = [];
  for (const kind of PAIR_KINDS) {
    evaluations.push(await evaluatePairs(pairs, kind, cross, cache, seededRandom(SEED), progressOf(`${kind} images`)));
  }
  console.error(`${cache.computed()} embeddings computed, the others were kept from before`);
  return evaluations;
}

function report(): void {
  for (const evaluation of pairEvaluations) console.log(`\n${pairLines(evaluation).join('\n')}`);
  if (spoof) console.log(`\n${presentationLines(spoof).join('\n')}`);
  if (options.data === undefined && options.lfw === undefined) {
    console.log('\nNine stills of five persons: no rate can be claimed from them. Bring data with --data or --lfw.');
  }
  const { processor, cores, node } = facts.machine;
  console.log(
    `\n${cores} × ${processor}, Node ${node}; ${facts.cpuSeconds} s of CPU time, load ${facts.loadAverage}; ` +
      `commit ${facts.commit}${facts.changed ? ' with changes' : ''}, chain ${facts.chain}`,
  );
  const summary = {
    version: 1,
    data: { description, listedPairs: pairs.length, presentations: presentations.length },
    run: facts,
    pairs: pairEvaluations,
    presentations: spoof,
  };
  writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  if (pairEvaluations.length > 0) writeFileSync(join(out, 'det-pairs.svg'), pairPlot(pairEvaluations));
  if (spoof && spoof.curves.length > 0) writeFileSync(join(out, 'det-spoof.svg'), spoofPlot(spoof));
  console.log(`Written to ${out}`);
}

function pairPlot(evaluations: readonly PairEvaluation[]): string {
  return detPlot({
    title: 'Face comparison: detection error trade-off',
    subtitle: `${description}; counts are same-person / different-person pairs`,
    xLabel: 'False accept rate (different persons accepted)',
    yLabel: 'False reject rate (same person refused)',
    series: evaluations.map(({ kind, genuinePairs, impostorPairs, curve }) => ({
      name: `${kind}: ${genuinePairs.toLocaleString('en')} / ${impostorPairs.toLocaleString('en')}`,
      points: curve,
    })),
  });
}

function spoofPlot({ curves, scores }: PresentationEvaluation): string {
  const live = scores.filter(({ label }) => label === 'live').length;
  return detPlot({
    title: 'Spoof model alone: detection error trade-off',
    subtitle: `${description}; ${live} live presentations`,
    xLabel: 'APCER (attacks taken for live)',
    yLabel: 'BPCER (live refused)',
    series: curves.map(({ species, points }) => ({
      name: `${species}: ${scores.filter((score) => score.species === species && score.label === 'spoof').length}`,
      points,
    })),
  });
}

async function writeThresholds(): Promise<void> {
  if (pairEvaluations.length === 0) fail('--write-thresholds needs pairs');
  const file = join(modelsFolder, 'manifest.json');
  const manifest = withThresholds(readFileSync(file, 'utf8'), pairEvaluations, description, facts);
  if (!manifest.ok) fail(`No thresholds are written: ${manifest.error.detail ?? manifest.error.code}`);
  writeFileSync(file, await format(JSON.stringify(manifest.value, null, 2), { parser: 'json', printWidth: 120 }));
  console.log('The tables of models/manifest.json are replaced.');
}

async function openDataset(): Promise<Result<AccuracyDataset, Failure>> {
  if (options.data !== undefined) return readDataset(locate(options.data));
  if (options.lfw === undefined) return ok(packagedDataset(mediaFolder));
  const text = await readFile(locate(options.pairs!), 'utf8').catch(() => null);
  if (text === null) fail(`${options.pairs} can't be read`);
  const folds = options.folds?.split(',').map(Number) ?? Array.from({ length: 10 }, (_, i) => i + 1);
  const list = readLfwPairs(text, locate(options.lfw), folds);
  if (!list.ok) return err(list.error);
  return ok({ description: `LFW, folds ${folds.join(', ')}`, pairs: list.value, presentations: [] });
}

function readOptions() {
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        lfw: { type: 'string' },
        pairs: { type: 'string' },
        folds: { type: 'string' },
        kind: { type: 'string' },
        out: { type: 'string' },
        'cross-pairs': { type: 'boolean', default: false },
        'write-thresholds': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (values.kind !== undefined && !['pairs', 'spoof'].includes(values.kind))
      throw new Error('--kind: pairs or spoof');
    if ((values.lfw === undefined) !== (values.pairs === undefined)) throw new Error('--lfw and --pairs go together');
    if (values.lfw !== undefined && values.data !== undefined) throw new Error('either --data or --lfw');
    if (values.folds !== undefined && !/^([1-9]|10)(,([1-9]|10))*$/.test(values.folds))
      throw new Error('--folds: 1,2,3');
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

function progressOf(what: string): (done: number, total: number) => void {
  return (done, total) => {
    if (done === total || done % 500 === 0) console.error(`${what}: ${done} of ${total}`);
  };
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
