// Runs every check and suite, and ends with their true totals on one line.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runCommand, runQuietly } from './steps/command.ts';
import { root } from './steps/paths.ts';

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numFailedTestSuites: z.int(),
  success: z.boolean(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
});

const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];

// Each of them keeps one core busy: the longest goes beside all others.
await Promise.all([
  step('Lint', 'eslint', ['.', '--max-warnings', '0']),
  (async () => {
    await step('Format', 'prettier', ['--check', '.', '--log-level', 'warn']);
    await step('Layers', process.execPath, ['scripts/check-layers.ts']);
    await step('Types (main, preload, tools)', 'tsc', ['--noEmit', '-p', 'tsconfig.node.json']);
    await step('Types (renderer)', 'tsc', ['--noEmit', '-p', 'tsconfig.web.json']);
  })(),
]);
vitest('Unit tests', 'unit');
vitest('Integration tests', 'integration');
playwright('End-to-end tests');

if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
// A step without tests of its own (lint, types) counts as one failed test when it fails, so that the line tells it.
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(broken.length === 0 && totals.failed === 0 && totals.passed > 0 ? 0 : 1);

/** Runs a check that may have others beside it: what it printed is shown when it has ended. */
async function step(name: string, command: string, args: readonly string[]): Promise<void> {
  const { status, printed } = await runQuietly(command, args);
  console.log(`\n== ${name}`);
  process.stdout.write(printed);
  if (status === 0) {
    totals.passed += 1;
    return;
  }
  totals.failed += 1;
  broken.push(name);
}

function vitest(name: string, project: string): void {
  console.log(`\n== ${name}`);
  const file = fresh(`vitest-${project}.json`);
  const status = runCommand('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = existsSync(file) ? vitestReport.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  if (!report?.success) {
    totals.failed += 1;
    broken.push(name);
    return;
  }
  totals.passed += report.data.numPassedTests;
  totals.failed += report.data.numFailedTests;
  totals.skipped += report.data.numPendingTests + report.data.numTodoTests;
  if (status !== 0) {
    broken.push(name);
    // A suite that could not be collected has no tests to count.
    if (report.data.numFailedTests === 0) totals.failed += 1;
  }
}

function playwright(name: string): void {
  console.log(`\n== ${name}`);
  const file = fresh('playwright.json');
  const status = runCommand('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const report = existsSync(file) ? playwrightReport.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  if (!report?.success) {
    totals.failed += 1;
    broken.push(name);
    return;
  }
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  totals.passed += expected;
  totals.failed += unexpected + flaky;
  totals.skipped += skipped;
  if (status !== 0 || flaky > 0) {
    broken.push(name);
    if (unexpected + flaky === 0) totals.failed += 1;
  }
}

function fresh(name: string): string {
  const file = join(root, 'test-output', name);
  rmSync(file, { force: true });
  return file;
}
