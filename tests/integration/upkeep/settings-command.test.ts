import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInstallation } from '../../../src/main/composition/installation.ts';
import { PROVISIONING_FILE, takeProvisioning } from '../../../src/main/composition/provisioning.ts';
import { keyFingerprint } from '../../../src/main/settings/device-identity.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { ok } from '../../../src/shared/result.ts';
import { unwrap } from '../../support/terminal/terminal.ts';

const MAIN = resolve(import.meta.dirname, '../../../src/cli/main.ts');
let folder = '';
const at = (name: string): string => join(folder, name);

function run(...args: readonly string[]): { readonly status: number; readonly json: Record<string, unknown> } {
  try {
    const out = execFileSync(process.execPath, [MAIN, 'settings', ...args, '--json'], { encoding: 'utf8' });
    return { status: 0, json: JSON.parse(out) as Record<string, unknown> };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, json: JSON.parse(stdout) as Record<string, unknown> };
  }
}

function open(name: string) {
  return unwrap(openInstallation(at(name), keyFile(join(at(name), KEY_FILE_NAME), randomBytes), systemClock));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-command-'));
  const one = open('one');
  unwrap(one.settings.write('scene', { ...DEFAULT_SCENE, retentionDays: 9 }));
  one.close();
  open('two').close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('exports, previews, asks for the fingerprint, takes over and shows', () => {
  const file = at('settings.json');
  expect(run('export', '--data-folder', at('one'), '--out', file)).toEqual({ status: 0, json: { file } });
  const preview = run('import', file, '--data-folder', at('two'), '--dry-run');
  const { signer, changes } = preview.json['preview'] as { signer: { fingerprint: string }; changes: unknown[] };
  expect(changes).toHaveLength(1);
  expect(run('import', file, '--data-folder', at('two'))).toMatchObject({
    status: 1,
    json: { error: { code: 'settings-file.unknown-signer' } },
  });
  expect(run('import', file, '--data-folder', at('two'), '--pin', signer.fingerprint)).toMatchObject({
    status: 0,
    json: { applied: { changed: ['scene'] } },
  });
  expect(run('show', 'scene', '--data-folder', at('two')).json).toMatchObject({ scene: { retentionDays: 9 } });
});

it('takes a signed file and all scenes from the provisioning file, all of it or nothing', async () => {
  const one = open('one');
  const signer = keyFingerprint(one.identity.publicKeyJwk);
  one.close();
  const file = JSON.parse(readFileSync(at('settings.json'), 'utf8')) as Record<string, unknown>;
  const enrol = async () => ok(null);
  const three = open('three');
  const provision = (content: unknown) => {
    writeFileSync(join(at('three'), PROVISIONING_FILE), JSON.stringify(content));
    return takeProvisioning(at('three'), three, enrol);
  };
  expect(await provision({ settings: { file, signer: 'f'.repeat(64) } })).toMatchObject({
    ok: false,
    error: { code: 'settings-file.unknown-signer' },
  });
  expect(unwrap(await provision({ settings: { file, signer } }))).toBe(true);
  expect(unwrap(three.settings.read('scene')).retentionDays).toBe(9);
  const scenes = [DEFAULT_SCENE, { ...DEFAULT_SCENE, id: 'hall', name: '大厅' }];
  expect(unwrap(await provision({ scenes }))).toBe(true);
  expect(unwrap(three.scenes.scenes()).map(({ id }) => id)).toEqual(['counter', 'hall']);
  expect(await provision({ scenes: [DEFAULT_SCENE, DEFAULT_SCENE] })).toMatchObject({
    ok: false,
    error: { code: 'request.invalid', detail: 'provisioning.json: scenes: each id once' },
  });
  three.close();
});
