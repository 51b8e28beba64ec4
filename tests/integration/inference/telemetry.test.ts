import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelsFolder, root } from '../../../scripts/steps/paths.ts';

/** What the runtime's reporting leaves behind when it is on: a log, a session file and a device id. */
function traces(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /mat-debug|\.ses$|device/i.test(name),
  );
}

/** What switches the reporting off from outside: the product must not depend on it. */
const QUIET = new Set(['ORT_DISABLE_TELEMETRY', 'ORT_TELEMETRY_DISABLED', 'CI', 'GITHUB_ACTIONS', 'VITEST']);

/** Runs a script in a process with a home and a temporary folder of its own; gives what it left there. */
function run(script: string): string[] {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !QUIET.has(name)));
  const folder = mkdtempSync(join(tmpdir(), 'countersign-quiet-'));
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...env, TMPDIR: folder, HOME: folder, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder },
    });
    return traces(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('loading the models', () => {
  it('starts no reporting to anybody', () => {
    const script = `
      import { readFile } from 'node:fs/promises';
      const { loadModels } = await import('./src/main/inference/model-store.ts');
      const loaded = await loadModels(${JSON.stringify(modelsFolder)}, 1, (path) => readFile(path));
      if (!loaded.ok) throw new Error(loaded.error.detail);
      await loaded.value.release();`;
    expect(run(script)).toEqual([]);
  });
});
