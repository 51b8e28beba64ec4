/**
 * Sends mutated replies of card readers through frame decoder and layouts and says what came out.
 * Run with `node tests/bench/fuzz-frames.ts [FRAMES] [SEED]`; a million take one to five minutes.
 */
import { cpus, loadavg } from 'node:os';
import { fuzzFrames } from '../support/card-reader/frame-fuzz.ts';

const frames = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 1);
if (!(Number.isInteger(frames) && frames > 0 && Number.isInteger(seed))) {
  console.error('usage: node tests/bench/fuzz-frames.ts [FRAMES] [SEED]');
  process.exit(2);
}
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`);
const startMs = performance.now();
const report = fuzzFrames(frames, seed);
console.log(`${frames} frames with seed ${seed} in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
for (const [what, count] of Object.entries(report)) console.log(`${what.padEnd(20)}${String(count).padStart(10)}`);
const failed = report.invented + report.wrong + report.notResynchronised;
console.log(failed === 0 ? 'no crash, no invented or wrong identity, always in step again' : `${failed} failures`);
process.exit(failed === 0 ? 0 : 1);
