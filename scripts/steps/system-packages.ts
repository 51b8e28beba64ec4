import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { runCommand } from './command.ts';
import { findElectron } from './host.ts';

/** Debian packages that the demo and the tests use, each with how to see that it is there. */
const PACKAGES = [
  { name: 'chromium', present: () => findElectron() !== null || findBrowser() !== undefined },
  { name: 'socat', present: () => inPath('socat') },
  { name: 'fonts-noto-cjk', present: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
] as const;

/** On Debian as root, installs what is missing; elsewhere says what is missing and what it means. */
export function installSystemPackages(): void {
  if (process.platform !== 'linux') return;
  const missing = PACKAGES.filter(({ present }) => !present()).map(({ name }) => name);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !inPath('apt-get')) {
    console.error(
      `Not installed: ${missing.join(', ')}. On Debian or Ubuntu: sudo apt-get install ${missing.join(' ')}`,
    );
    return;
  }
  console.error(`Installing ${missing.join(', ')} with apt…`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-o', 'DPkg::Lock::Timeout=900', '-qq'];
  runCommand('apt-get', [...options, 'update'], quiet);
  if (runCommand('apt-get', [...options, 'install', '-y', '--no-install-recommends', ...missing], quiet) !== 0) {
    console.error(`apt could not install ${missing.join(', ')}: install them by hand and run the command again.`);
  }
}

function inPath(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}
