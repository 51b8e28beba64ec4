// Entry of every npm command. It needs nothing but Node 20: it installs what the lock file asks for, then hands
// over to the Node version that the product runs on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.countersign-lock');

installDependencies();
const node = findNode();
const result = spawnSync(node, [join(root, 'scripts', 'tasks.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter) },
});
process.exit(result.status ?? 1);

function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (installed === wanted) return;
  console.error('Installing the packages of package-lock.json (about two minutes the first time)…');
  const npm = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
  });
  if (npm.status !== 0) {
    console.error('npm ci failed: see its messages above. Is the npm registry reachable?');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function findNode() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major === 24) return process.execPath;
  const file = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  console.error(
    `Countersign needs Node 24; this is ${process.versions.node}, and the package "node" brought no binary for this system ` +
      '(were install scripts switched off?). Install Node 24 and run the command again.',
  );
  process.exit(1);
}
