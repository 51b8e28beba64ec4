import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../../src/cli/output.ts';
import { registerRiskCommands } from '../../../src/cli/risk.ts';
import { registerSceneCommands } from '../../../src/cli/scene.ts';
import { registerSchemeCommands } from '../../../src/cli/scheme.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { createSceneBook } from '../../../src/main/settings/scene-book.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { DEFAULT_RISK_POLICY } from '../../../src/shared/domain/risk.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import { PRESET_SCHEMES, presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import { sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let lines: string[];

beforeEach(() => {
  folder = temporaryFolder();
  opened(() => undefined);
  lines = [];
  const take = (text: unknown): boolean => Boolean(lines.push(...String(text).split('\n').filter(Boolean)));
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  folder.remove();
});

function opened<T>(work: (installation: Installation) => T): T {
  const key = keyFile(join(folder.path, KEY_FILE_NAME), randomBytes);
  const installation = expectOk(openInstallation(folder.path, key, systemClock));
  try {
    return work(installation);
  } finally {
    installation.close();
  }
}

/** Settings whose changes are in the audit log, in their order. */
function audited(): unknown[] {
  const names =
    "SELECT json_extract(entry, '$.detail.name') FROM audit WHERE entry LIKE '%setting.changed%' ORDER BY seq";
  return opened(({ database }) => database.prepare(names).pluck().all());
}

function file(name: string, value: unknown): string {
  const path = join(folder.path, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

/** Runs one command line; answers its exit code and what it printed, parsed where it is JSON. */
async function run(...argv: readonly string[]): Promise<readonly [number, readonly unknown[]]> {
  lines = [];
  process.exitCode = undefined;
  const program = new Command('countersign');
  registerSceneCommands(program);
  registerSchemeCommands(program);
  registerRiskCommands(program);
  await runProgram(program, argv);
  const printed = argv.includes('--json') ? lines.map((line) => JSON.parse(line) as unknown) : [...lines];
  return [Number(process.exitCode ?? 0), printed];
}
const stored = (...argv: readonly string[]) => run(...argv, '--data-folder', folder.path, '--json');

const LOBBY: Scene = { ...DEFAULT_SCENE, id: 'lobby', name: '大厅', scheme: 'OurOwn' };
const OUR_OWN: Scheme = { ...presetScheme('RPManual')!, id: 'OurOwn', family: 'composed' };

describe('scheme', () => {
  it('lists and shows what comes with the program, without any database', async () => {
    const [code, listed] = await run('scheme', 'list', '--preset-only', '--json');
    expect([code, listed]).toEqual([0, PRESET_SCHEMES]);
    const [, family] = await run('scheme', 'list', '--preset-only', '--family', 'facein', '--json');
    expect(family).toHaveLength(3);
    expect(await run('scheme', 'show', 'FACE', '--preset-only', '--json')).toEqual([
      0,
      [{ scheme: presetScheme('FACE'), problems: [], notServedBy: expect.any(Array) as unknown[] }],
    ]);
  });

  it('asks where composed schemes are', async () => {
    expect(await run('scheme', 'list', '--json')).toMatchObject([2, [{ error: { code: 'usage' } }]]);
    expect(await stored('scheme', 'show', 'NoSuch')).toMatchObject([2, [{ error: { code: 'usage' } }]]);
  });

  it('takes a composed one over and shows it', async () => {
    const path = file('scheme.json', OUR_OWN);
    expect(await run('scheme', 'validate', path, '--json')).toEqual([0, [{ valid: true, problems: [] }]]);
    expect(await stored('scheme', 'import', path)).toEqual([0, [{ scenes: [], schemes: ['OurOwn'], replaced: [] }]]);
    expect(await stored('scheme', 'show', 'OurOwn')).toEqual([
      0,
      [{ scheme: OUR_OWN, problems: [], notServedBy: expect.any(Array) as unknown[] }],
    ]);
  });

  it('explains what is wrong with one', async () => {
    const path = file('scheme.json', { ...OUR_OWN, check: null, asks: ['phone'] });
    const [code, [told]] = await run('scheme', 'validate', path, '--json');
    expect(code).toBe(2);
    expect(told).toEqual({
      valid: false,
      problems: expect.arrayContaining([
        {
          of: 'scheme OurOwn',
          field: 'check',
          rule: 'verifier-needs-check',
          message: 'The verifier decides but is asked nothing: choose a check, or let the device decide.',
        },
      ]) as unknown,
    });
  });
});

describe('scene', () => {
  it('takes over scenes with their schemes, and gives them out again as they were', async () => {
    const path = file('scenes.json', { schemes: [OUR_OWN], scenes: [LOBBY] });
    expect(await stored('scene', 'import', path)).toEqual([
      0,
      [{ scenes: ['lobby'], schemes: ['OurOwn'], replaced: [] }],
    ]);
    const [, listed] = await stored('scene', 'list');
    expect(listed).toMatchObject([
      { id: 'counter', scheme: 'CounterCard', walkUp: true },
      { id: 'lobby', scheme: 'OurOwn', walkUp: false },
    ]);
    const out = join(folder.path, 'out.json');
    expect(await stored('scene', 'export', 'lobby', '--out', out)).toMatchObject([0, [{ scenes: 1, schemes: 1 }]]);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({ schemes: [OUR_OWN], scenes: [LOBBY] });
    expect(await stored('scene', 'export', '--out', out)).toMatchObject([2, [{ error: { code: 'usage' } }]]);
    expect(audited()).toEqual(['schemes', 'other-scenes', 'scene']);
  });

  it('takes over all of a file or nothing, and says everything that is wrong', async () => {
    const broken = { ...LOBBY, id: 'vault', scheme: 'NoSuch' };
    const contrary = { ...LOBBY, id: 'gate', scheme: 'LightLiveness', oncePerIdentity: 'ever' };
    const path = file('scenes.json', { schemes: [OUR_OWN], scenes: [LOBBY, broken, contrary] });
    const [code, [told]] = await stored('scene', 'import', path);
    expect(code).toBe(2);
    expect(told).toMatchObject({
      valid: false,
      problems: [
        { of: 'scene vault', field: 'scheme', rule: 'scheme-unknown' },
        { of: 'scene gate', field: 'oncePerIdentity', rule: 'once-needs-identity' },
      ],
    });
    expect((await stored('scene', 'list'))[1]).toHaveLength(1);
    expect((await stored('scheme', 'show', 'OurOwn'))[0]).toBe(2);
  });

  it('leaves nothing behind where a later scene is refused', async () => {
    opened(({ records }) => expectOk(records.commit(sampleRecord(1))));
    const path = file('scenes.json', {
      scenes: [
        { ...DEFAULT_SCENE, id: 'first' },
        { ...DEFAULT_SCENE, scheme: 'RPManual' },
      ],
    });
    expect(await stored('scene', 'import', path, '--replace')).toMatchObject([
      2,
      [
        {
          error: {
            code: 'request.invalid',
            message: expect.stringContaining('1 records were made by CounterCard') as unknown,
          },
        },
      ],
    ]);
    expect((await stored('scene', 'list'))[1]).toHaveLength(1);
    expect(await stored('scene', 'import', path, '--replace', '--change-scheme')).toMatchObject([
      0,
      [{ replaced: ['counter'] }],
    ]);
    const kinds = opened(({ database }) =>
      database.prepare("SELECT json_extract(entry, '$.kind') FROM audit ORDER BY seq").pluck().all(),
    );
    expect(kinds).toContain('scene.scheme-changed');
  });

  it('replaces nothing unasked', async () => {
    const path = file('scene.json', DEFAULT_SCENE);
    expect(await stored('scene', 'import', path)).toMatchObject([2, [{ error: { code: 'request.invalid' } }]]);
    expect(await stored('scene', 'import', path, '--replace')).toMatchObject([0, [{ replaced: ['counter'] }]]);
  });

  it.each([
    ['{', 'is not JSON'],
    ['[1', 'is not JSON'],
  ])('refuses a file of %s', async (text, why) => {
    const path = join(folder.path, 'broken.json');
    writeFileSync(path, text);
    const [code, told] = await run('scene', 'validate', path);
    expect([code, told[0]]).toEqual([2, `error: ${path} ${why}`]);
  });

  it('names the field of what does not fit', async () => {
    const path = file('scene.json', { ...DEFAULT_SCENE, retentionDays: 0, palette: 'loud' });
    const [code, [told]] = await run('scene', 'validate', path, '--json');
    expect(code).toBe(2);
    expect(told).toMatchObject({
      problems: [{ field: 'scenes.0.palette' }, { field: 'scenes.0.retentionDays' }],
    });
  });

  it('makes no database where there is none', async () => {
    const path = file('scene.json', DEFAULT_SCENE);
    const empty = join(folder.path, 'empty');
    expect((await run('scene', 'import', path, '--data-folder', empty, '--json'))[0]).toBe(2);
    expect(existsSync(empty)).toBe(false);
  });

  it('writes while the application has the database open', async () => {
    const key = keyFile(join(folder.path, KEY_FILE_NAME), randomBytes);
    const application = expectOk(openInstallation(folder.path, key, systemClock));
    const path = file('scenes.json', { schemes: [OUR_OWN], scenes: [LOBBY] });
    expect((await stored('scene', 'import', path))[0]).toBe(0);
    expect(expectOk(createSceneBook(application.settings).resolve('lobby'))).toEqual({ scene: LOBBY, scheme: OUR_OWN });
    expect(application.audit.append('test', {}).ok).toBe(true);
    application.close();
  });
});

describe('risk', () => {
  it('shows, tries and takes over rules', async () => {
    expect(await stored('risk', 'show')).toEqual([0, [DEFAULT_RISK_POLICY]]);
    opened(({ records }) =>
      expectOk(records.commit(sampleRecord(1, 'ok.matched', { startedAtMs: Date.now() - 60_000 }))),
    );
    const when = { kind: 'hours', from: '00:00', to: '00:01' };
    const policy = {
      rememberFaces: false,
      rules: [{ id: 'night', enabled: true, sceneIds: null, when, effect: { kind: 'review' } }],
    };
    const path = file('risk.json', policy);
    expect(await stored('risk', 'dry-run', '--policy', path, '--days', '1')).toMatchObject([0, [{ records: 1 }]]);
    expect(await stored('risk', 'set', path)).toEqual([0, [policy]]);
    expect(await stored('risk', 'show')).toEqual([0, [policy]]);
  });

  it('refuses what can not hold', async () => {
    const path = file('risk.json', { rememberFaces: false, rules: [{ id: 'x' }] });
    expect(await stored('risk', 'set', path)).toMatchObject([2, [{ error: { code: 'usage' } }]]);
    expect(await stored('risk', 'dry-run', '--days', '91')).toMatchObject([2, [{ error: { code: 'usage' } }]]);
    expect(await stored('risk', 'show')).toEqual([0, [DEFAULT_RISK_POLICY]]);
  });
});
