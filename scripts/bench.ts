// Runs the benchmarks one after the other and says on what they ran; each compares within its own run.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from './steps/command.ts';
import { root } from './steps/paths.ts';

// Names choose benchmarks; options such as --rounds=10 go on to them.
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const folder = join(root, 'tests', 'bench');
const benches = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (benches.length === 0) {
  console.error(`No benchmark is named like ${wanted.join(', ')}.`);
  process.exit(2);
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, commit ${commit}`);
let failed = 0;
for (const bench of benches) {
  console.log(`\n== ${bench}    load ${loadavg()[0]!.toFixed(1)}`);
  if (runScript(join(folder, bench), options) !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
