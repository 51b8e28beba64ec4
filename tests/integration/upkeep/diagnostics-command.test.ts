import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInstallation } from '../../../src/main/composition/installation.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { unwrap } from '../../support/terminal/terminal.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
let folder = '';
const at = (name: string): string => join(folder, name);

function run(...args: readonly string[]): { readonly status: number; readonly json: Record<string, unknown> } {
  try {
    const out = execFileSync(process.execPath, [join(ROOT, 'src/cli/main.ts'), ...args, '--json'], {
      encoding: 'utf8',
    });
    return { status: 0, json: JSON.parse(out) as Record<string, unknown> };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, json: JSON.parse(stdout) as Record<string, unknown> };
  }
}

function open() {
  const key = keyFile(join(at('one'), KEY_FILE_NAME), randomBytes);
  return unwrap(openInstallation(at('one'), key, systemClock));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diagnostics-command-'));
  const one = open();
  const site = unwrap(one.settings.read('site'));
  unwrap(one.settings.write('site', { ...site, contact: '010-62345678' }));
  one.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('writes the bundle with the version of the program, and notes that it did', () => {
  const out = at('bundle.zip');
  const done = run('diagnostics', '--data-folder', at('one'), '--out', out);
  expect(done).toMatchObject({ status: 0, json: { file: out, bytes: statSync(out).size } });
  const names = ['about.json', 'health.json', 'settings.json', 'counts.json', 'log.jsonl'];
  expect((done.json['files'] as { name: string }[]).map(({ name }) => name)).toEqual(names);
  const files = unzipSync(readFileSync(out));
  expect(Object.keys(files)).toEqual(names);
  expect(JSON.parse(strFromU8(files['about.json']!))).toMatchObject({ appVersion: version, packaged: false });
  expect(strFromU8(files['settings.json']!)).not.toContain('010-62345678');
  const one = open();
  const kinds = one.database
    .prepare<[], string>("SELECT json_extract(entry, '$.kind') FROM audit ORDER BY seq DESC LIMIT 1")
    .pluck()
    .all();
  one.close();
  expect(kinds).toEqual(['diagnostics.exported']);
});

it('leaves a file that is there already alone, and makes no data folder', () => {
  const taken = at('one/database.key');
  const before = readFileSync(taken);
  expect(run('diagnostics', '--data-folder', at('one'), '--out', taken)).toMatchObject({ status: 2 });
  expect(readFileSync(taken)).toEqual(before);
  expect(run('diagnostics', '--data-folder', at('none'), '--out', at('b.zip')).status).toBe(2);
  expect([existsSync(at('none')), existsSync(at('b.zip'))]).toEqual([false, false]);
});

it('writes the version of the program into exported settings', () => {
  const file = at('settings.json');
  expect(run('settings', 'export', '--data-folder', at('one'), '--out', file).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain(`"appVersion": "${version}"`);
});
