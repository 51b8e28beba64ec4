/**
 * What decoding in a process of its own costs, with a test library that draws instead of decoding: starting the
 * process and loading the library, then a block to it and the picture back, checked and written as a bitmap.
 * Run with `node tests/bench/photo-decoding.bench.ts`; needs gcc.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { libraryPhotoDecoder } from '../../src/main/card-reader/photo-library/library-photo-decoder.ts';
import { photoDecodingParts } from '../../src/main/card-reader/photo-library/photo-decoding-parts.ts';
import { canCompile, openWorkshop } from '../support/card-reader/photo-library/compiled-library.ts';
import { testBlock } from '../support/card-reader/photo-library/drawn-portrait.ts';

const STARTS = 10;
const BLOCKS = 1_000;
const HELPER_SOURCE = join(import.meta.dirname, '../../resources/native/photo-helper.c');

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
}

function summary(values: readonly number[]): string {
  return `median ${quantile(values, 0.5)} ms, 95 % ${quantile(values, 0.95)} ms, longest ${quantile(values, 1)} ms`;
}

async function timed(run: () => Promise<{ readonly ok: boolean }>): Promise<number> {
  const startMs = performance.now();
  if (!(await run()).ok) throw new Error('the test library failed');
  return performance.now() - startMs;
}

if (!(await canCompile())) {
  console.log('not measured: gcc makes no shared libraries here');
  process.exit(0);
}
const workshop = await openWorkshop();
const path = await workshop.compile('good-library.c');
const program = join(workshop.folder, 'photo-helper');
execFileSync('gcc', ['-std=gnu11', '-O2', '-o', program, HELPER_SOURCE, '-ldl']);
for (const [name, helper] of [
  ['worker process', null],
  ['helper program', program],
] as const) {
  const open = () =>
    libraryPhotoDecoder(
      { path, call: 'unpack', vendorCode: 0, channels: 'auto', rows: 'auto', helper },
      photoDecodingParts(null),
    );
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const decoder = open();
    starts.push(await timed(() => decoder.prepare()));
    await decoder.close();
  }
  const decoder = open();
  const blocks: number[] = [];
  for (let i = 0; i < BLOCKS; i++) blocks.push(await timed(() => decoder.decode(testBlock(i % 256))));
  await decoder.close();
  console.log(`${name}: started and loaded, ${STARTS} times: ${summary(starts)}`);
  console.log(`${name}: one of ${BLOCKS} blocks: ${summary(blocks.slice(1))}`);
}
await workshop.close();
