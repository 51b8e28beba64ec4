import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerLivenessCommands } from '../../../src/cli/liveness.ts';
import { runProgram } from '../../../src/cli/output.ts';
import { lightChallengeSchema } from '../../../src/shared/domain/challenge.ts';

let printed = '';
let exitCodeBefore: typeof process.exitCode;

async function run(...argv: string[]): Promise<unknown> {
  const program = new Command('countersign');
  registerLivenessCommands(program);
  await runProgram(program, ['liveness', ...argv, '--json']);
  return JSON.parse(printed);
}

beforeEach(() => {
  printed = '';
  exitCodeBefore = process.exitCode;
  process.exitCode = undefined;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCodeBefore;
});

describe('countersign liveness', () => {
  it('shows the challenge of a seed', async () => {
    const shown = await run('challenge', '--kind', 'light', '--seed', '7', '--slots', '12', '--palette', 'gentle');
    expect(lightChallengeSchema.parse(shown).colours).toHaveLength(12);
    printed = '';
    expect(await run('challenge', '--seed', '7', '--slots', '12', '--palette', 'gentle')).toEqual(shown);
    printed = '';
    expect(await run('challenge', '--seed', '8', '--slots', '12', '--palette', 'gentle')).not.toEqual(shown);
    expect(process.exitCode ?? 0).toBe(0);
  });

  it.each([
    ['an unknown kind', ['challenge', '--kind', 'dance', '--seed', '7']],
    ['no seed', ['challenge']],
    ['an odd number of colours', ['challenge', '--seed', '7', '--slots', '9']],
    ['no folder', ['judge']],
  ])('refuses %s as bad usage', async (_name, argv) => {
    expect(await run(...argv)).toMatchObject({ error: { code: 'usage' } });
    expect(process.exitCode).toBe(2);
  });

  it('fails without models', async () => {
    expect(await run('judge', 'anywhere', '--models', 'no-such-folder')).toMatchObject({
      error: { code: 'inference.model-refused' },
    });
    expect(process.exitCode).toBe(1);
  });
});
