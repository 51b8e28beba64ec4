import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openInstallation } from '../../../src/main/composition/installation.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import type { PhotoDecoding } from '../../../src/shared/domain/photo-decoding.ts';
import type { ReaderTransport } from '../../../src/shared/domain/reader-transport.ts';
import { start, type Running } from '../../support/card-reader/command-line.ts';

const CLI = join(import.meta.dirname, '../../../src/cli/main.ts');

interface Check {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly hint: string;
}

let folder: string;
const running: Running[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-command-test-'));
});
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGTERM');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Sets a kiosk up, and gives what the doctor says of it. */
function examine(reader: ReaderTransport | null, decoding: PhotoDecoding = { library: null }) {
  const opened = openInstallation(folder, keyFile(join(folder, KEY_FILE_NAME), randomBytes), systemClock);
  if (!opened.ok) throw new Error(opened.error.detail);
  opened.value.settings.write('reader', reader);
  opened.value.settings.write('photo-decoding', decoding);
  opened.value.close();
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'doctor', '--data-folder', folder, '--json'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  const { checks } = JSON.parse(stdout) as { checks: readonly Check[] };
  const check = (name: string): Check | undefined => checks.find((each) => each.name === name);
  return { status, check, text: stdout };
}

test('a reader that works, and a library that is none', async () => {
  const simulator = start('card', 'simulate', '--tcp', '0', '--json');
  running.push(simulator);
  const port = Number((await simulator.next()).address);
  const path = join(folder, 'libwlt.so');
  await writeFile(path, 'not a library');
  const decoding: PhotoDecoding = {
    library: { path, call: 'unpack', vendorCode: 0, channels: 'auto', rows: 'auto', helper: null },
  };
  const { status, check } = examine({ kind: 'tcp', host: '127.0.0.1', port }, decoding);
  expect(status).toBe(1);
  expect(check('reader is there')).toMatchObject({ state: 'ok', detail: `tcp 127.0.0.1:${port}` });
  expect(check('security module')).toMatchObject({ state: 'ok' });
  expect(check('portraits')).toMatchObject({ state: 'failed' });
  expect(check('photo library libwlt.so')).toMatchObject({ state: 'failed' });
  expect(check('database')).toMatchObject({ state: 'ok' });
});

test('a reader that is not there, with the step that failed and what to do', () => {
  const { status, check } = examine({ kind: 'serial', path: join(folder, 'nothing'), baud: 'auto' });
  expect(status).toBe(1);
  expect(check('reader is there')).toMatchObject({ state: 'failed', hint: expect.stringMatching(/\S/) as unknown });
  expect(check('reader answers')).toMatchObject({ state: 'unknown' });
});

test('no reader chosen; what listens and what the bus has is said all the same', () => {
  const { check, text } = examine(null);
  expect(check('reader')).toMatchObject({ state: 'warning' });
  expect(check('vendor services')).toMatchObject({ state: 'ok' });
  // Other systems are not looked at for USB devices.
  if (process.platform === 'linux') expect(text).toMatch(/USB (devices|reader|adapter)/);
});
