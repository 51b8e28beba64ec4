import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../../src/cli/output.ts';
import { registerStaffCommands } from '../../../src/cli/staff.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { signInAtDesk, TEST_ADMINISTRATOR } from '../../support/staff-sign-in.ts';

let folder: ReturnType<typeof temporaryFolder>;
let lines: string[];

async function opened<T>(work: (installation: Installation) => T | Promise<T>): Promise<T> {
  const key = keyFile(join(folder.path, KEY_FILE_NAME), randomBytes);
  const installation = expectOk(openInstallation(folder.path, key, systemClock));
  try {
    return await work(installation);
  } finally {
    installation.close();
  }
}

beforeEach(async () => {
  folder = temporaryFolder();
  await opened(() => undefined);
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

/** Runs a command with what is typed on standard input; its exit code. */
async function staff(typed: string, ...words: string[]): Promise<number> {
  lines = [];
  process.exitCode = undefined;
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([typed]) as never);
  const program = new Command('countersign');
  registerStaffCommands(program);
  await runProgram(program, ['staff', ...words, '--data-folder', folder.path]);
  return Number(process.exitCode ?? 0);
}

function audited(): Promise<readonly string[]> {
  return opened(({ database }) =>
    database
      .prepare<[], string>("SELECT entry FROM audit WHERE entry LIKE '%\"staff.%' ORDER BY seq")
      .pluck()
      .all()
      .map((entry) => {
        const { kind, detail } = JSON.parse(entry) as { kind: string; detail: { by?: string } };
        return `${kind} ${detail.by ?? '-'}`;
      }),
  );
}

describe('the staff from the command line', () => {
  it('lets an administrator back in whose PIN is forgotten, and says so in the audit log', async () => {
    await opened(({ staff: desk }) => signInAtDesk(desk, 'admin'));
    expect(await staff('13579-02468\n', 'reset', TEST_ADMINISTRATOR.name)).toBe(0);
    const gate = await opened(async ({ staff: desk }) => {
      const choices = desk.gate('admin');
      if (!choices.ok || choices.value.state !== 'signed-out') throw new Error('not signed out');
      const staffId = choices.value.choices[0]?.staffId ?? '';
      return desk.signIn('admin', { staffId, secret: '13579-02468' });
    });
    expect(gate).toMatchObject({ value: { state: 'signed-in' } });
    expect(await audited()).toEqual(['staff.created -', 'staff.secret-reset command-line', 'staff.signed-in -']);
    expect(lines.join()).not.toContain('13579-02468');
  });

  it('adds the first administrator and others, lists them, and switches them off and on', async () => {
    expect(await staff('135790\n', 'add', '--name', '陈静', '--role', 'operator')).toBe(1);
    expect(await staff('908172\n', 'add', '--name', '王店长', '--role', 'administrator')).toBe(0);
    expect(await staff('135790\n', 'add', '--name', '陈静', '--role', 'operator')).toBe(0);
    expect(await staff('135790\n', 'add', '--name', ' 陈 静', '--role', 'operator')).toBe(1);
    expect(await staff('', 'disable', '陈静')).toBe(0);
    expect(await staff('', 'disable', '王店长')).toBe(1);
    expect(await staff('', 'list', '--json')).toBe(0);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject([
      { name: '王店长', role: 'administrator', active: true },
      { name: '陈静', role: 'operator', active: false },
    ]);
    expect(await staff('', 'enable', '陈静')).toBe(0);
    expect(lines.map((line) => line.split('\t').slice(1, 3))).toEqual([
      ['administrator', 'active'],
      ['operator', 'active'],
    ]);
  });

  it.each([
    ['no secret', '', ['reset', '王店长']],
    ['a weak secret', '111111\n', ['reset', '王店长']],
    ['a name with a line break', '135790\n', ['add', '--name', 'a\nb', '--role', 'operator']],
    ['nobody of that name', '135790\n', ['reset', 'nobody']],
    ['a role that there isn’t', '135790\n', ['add', '--name', 'a', '--role', 'root']],
  ])('refuses %s', async (_, typed, words) => {
    await opened(({ staff: desk }) => signInAtDesk(desk, 'admin'));
    expect(await staff(typed, ...words)).toBe(2);
    expect(await audited()).toEqual(['staff.created -']);
  });
});
