// Starts the built application on whichever host is here, with the arguments given. Used by the command line.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findHost } from './steps/host.ts';
import { demoFolder, modelsFolder } from './steps/paths.ts';

const host = findHost();
if (host === null) {
  console.error('No Electron and no Chromium, Chrome or Edge found: install one of them.');
  process.exit(1);
}
const args = process.argv.slice(2);
if (args.includes('--demo') && !existsSync(join(demoFolder, '.stamp'))) {
  console.error('The demonstration is not prepared: run "npm run setup" first.');
  process.exit(1);
}
const folders = [
  `--models-folder=${modelsFolder}`,
  ...(args.includes('--demo') ? [`--demo-folder=${demoFolder}`] : []),
];
const child = spawn(host.command, [...host.args, ...args, ...folders], {
  stdio: 'inherit',
  env: { ...process.env, COUNTERSIGN_HEADLESS: '1' },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
