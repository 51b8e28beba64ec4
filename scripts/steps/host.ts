import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { root, standInHost } from './paths.ts';

/** What the built application runs on here. */
export type Host =
  | { readonly kind: 'electron'; readonly command: string; readonly args: readonly string[] }
  | { readonly kind: 'stand-in'; readonly command: string; readonly args: readonly string[]; readonly browser: string };

/** Real Electron where its binary is installed and starts, else an installed Chromium; null when there is neither. */
export function findHost(): Host | null {
  const electron = findElectron();
  if (electron !== null) {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return { kind: 'electron', command: electron, args: [...sandbox, root] };
  }
  const browser = findBrowser();
  if (browser === undefined) return null;
  return { kind: 'stand-in', command: process.execPath, args: [standInHost, root], browser };
}

/** The Electron binary, if its package has downloaded one that starts. */
export function findElectron(): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(pathFile, 'utf8'),
  );
  if (!existsSync(binary)) return null;
  return spawnSync(binary, ['--version'], { timeout: 20_000 }).status === 0 ? binary : null;
}

/** Whether a window can be shown here. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
