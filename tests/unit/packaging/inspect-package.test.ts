import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectPackage } from '../../../scripts/packaging/inspect-package.ts';
import { writeStandInDist } from '../../../scripts/packaging/stand-in-dist.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-package-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A packaged application of the given files; those of `asar` go into the archive. */
async function packageOf(asar: readonly string[], beside: readonly string[]): Promise<string> {
  const app = join(folder, 'app');
  const source = join(folder, 'source');
  writeStandInDist(app, '45.4.1');
  cpSync(join(app, 'electron'), join(app, 'countersign'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write(
    join(source, 'package.json'),
    JSON.stringify({ main: 'out/main/index.js', dependencies: { 'no-such-package': '1' } }),
  );
  for (const name of asar) write(join(source, name), '');
  for (const name of beside) write(join(app, name), '');
  await createPackage(source, join(app, 'resources/app.asar'));
  return app;
}

describe('the inspection of a package', () => {
  it('names everything that is wrong with a bad one', async () => {
    const app = await packageOf(
      ['out/main/index.js', 'src/main/index.ts', 'out/main/index.js.map', 'node_modules/x/build/x.node'],
      ['resources/demo.webm', 'resources/app.asar.unpacked/node_modules/y/win32-x64/y.node'],
    );
    const checks = await inspectPackage(app, 'countersign');
    expect(Object.fromEntries(checks.map(({ name, passed }) => [name, passed]))).toEqual({
      'app.asar has what the product starts': false,
      'app.asar has nothing of ours that must not ship': false,
      'package.json main is there': true,
      'native modules are unpacked': false,
      'every native part is there': false,
      'no binaries for other systems': false,
      'every dependency loads out of the package': false,
      'models match the shipped manifest': false,
      'udev rules are shipped': false,
      'no media clips': false,
      'fuses are set': false,
    });
    expect(checks.find(({ name }) => name.includes('must not ship'))?.found).toBe(
      'out/main/index.js.map, src/main, src/main/index.ts',
    );
  });

  it('says so when there is no archive', async () => {
    expect(await inspectPackage(folder, 'countersign')).toEqual([
      { name: 'app.asar exists', passed: false, found: 'missing' },
    ]);
  });
});

describe('the stand-in for the Electron folder', () => {
  it('has fuses that can be set and read back', async () => {
    writeStandInDist(folder, '45.4.1');
    const binary = join(folder, 'electron');
    expect((await getCurrentFuseWire(binary))[FuseV1Options.RunAsNode]).toBe(0x31);
    await flipFuses(binary, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: false });
    expect((await getCurrentFuseWire(binary))[FuseV1Options.RunAsNode]).toBe(0x30);
  });
});
