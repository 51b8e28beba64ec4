import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that electron-builder expects in a Linux distribution of Electron and copies without reading them. */
const PLACEHOLDERS = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'chrome_crashpad_handler',
  'chrome-sandbox',
  'icudtl.dat',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'vk_swiftshader_icd.json',
  'locales/en-US.pak',
];

/** What precedes the fuses in every Electron binary (the sentinel that `@electron/fuses` looks for). */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Fuses as they come: `1` on, `0` off, in the order of `FuseV1Options`. */
const FUSES_AS_SHIPPED = '10110010';

/** The real Linux distribution of Electron, when its binary has been downloaded; null otherwise. */
export function realDist(projectFolder: string): string | null {
  const dist = join(projectFolder, 'node_modules', 'electron', 'dist');
  return process.platform === 'linux' && existsSync(join(dist, 'electron')) ? dist : null;
}

/** The version of Electron that the project is locked to. */
export function electronVersion(projectFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectFolder, 'node_modules/electron/package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  if (typeof version !== 'string') throw new Error('the electron package states no version');
  return version;
}

/**
 * Writes a folder with the shape of Electron for Linux and a fuse wire that can be set and read back, so that a
 * package can be put together and inspected where the binary can't be had. What it makes doesn't run.
 */
export function writeStandInDist(folder: string, version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const name of PLACEHOLDERS) writeFileSync(join(folder, name), 'stand-in\n');
  writeFileSync(join(folder, 'version'), version);
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL, 'latin1'),
    Buffer.from([1, FUSES_AS_SHIPPED.length]),
    Buffer.from(FUSES_AS_SHIPPED, 'latin1'),
  ]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), wire]));
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) chmodSync(join(folder, name), 0o755);
}
