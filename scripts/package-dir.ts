// Packages the built application into a folder for Linux and inspects what came out. Where the Electron binary
// isn't installed, a folder of its shape stands in: that proves the contents of a package, not that it starts.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectPackage, type PackageCheck } from './packaging/inspect-package.ts';
import { electronVersion, realDist, writeStandInDist } from './packaging/stand-in-dist.ts';
import { requireCommand } from './steps/command.ts';
import { root } from './steps/paths.ts';

function printTable(checks: readonly PackageCheck[]): void {
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, passed, found } of checks) {
    console.log(`${passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${found}`);
  }
}

function packageInto(output: string, dist: string, version: string): void {
  requireCommand('Packaging', 'electron-builder', [
    '--linux',
    'dir',
    '--x64',
    '--publish=never',
    `-c.electronDist=${dist}`,
    `-c.electronVersion=${version}`,
    `-c.directories.output=${output}`,
  ]);
}

async function packageDir(): Promise<number> {
  if (!existsSync(join(root, 'out/main/index.js'))) {
    console.error('Nothing is built yet: run "npm run package:dir", which builds first.');
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'countersign-package-'));
  try {
    const version = electronVersion(root);
    const real = realDist(root);
    const dist = real ?? join(folder, 'electron');
    if (real === null) writeStandInDist(dist, version);
    console.error(
      real === null
        ? `Electron ${version} is not installed: a stand-in folder takes its place.`
        : `Electron ${version}.`,
    );
    const output = join(folder, 'dist');
    packageInto(output, dist, version);
    const checks = await inspectPackage(join(output, 'linux-unpacked'), 'countersign');
    printTable(checks);
    const failed = checks.filter(({ passed }) => !passed).length;
    console.log(
      `${checks.length - failed} of ${checks.length} checks passed (${real === null ? 'stand-in' : 'real'} Electron).`,
    );
    return failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exit(await packageDir());
