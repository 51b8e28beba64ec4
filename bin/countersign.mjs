#!/usr/bin/env node
// The command line's launcher: finds Node 24, and says how the windowed application is started here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'out', 'main', 'cli.js');
const bundled = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const node = process.versions.node.startsWith('24.') ? process.execPath : bundled;

if (!existsSync(built) || !existsSync(node)) {
  console.error('countersign is not built here yet: run "npm run setup" first.');
  process.exit(2);
}
const done = spawnSync(node, [built, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    COUNTERSIGN_APP: JSON.stringify({ command: node, args: [join(root, 'scripts', 'host.ts')] }),
    COUNTERSIGN_MODELS: process.env.COUNTERSIGN_MODELS ?? join(root, 'models'),
  },
});
process.exit(done.status ?? 1);
