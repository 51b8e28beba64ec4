import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfChanged } from './steps/build.ts';
import { runCommand, runScript } from './steps/command.ts';
import { findHost, hasDisplay } from './steps/host.ts';
import { demoFolder, modelsFolder, root } from './steps/paths.ts';
import { installSystemPackages } from './steps/system-packages.ts';

const [task = 'help', ...args] = process.argv.slice(2);

function prepare(): void {
  installSystemPackages();
  if (runScript('scripts/prepare-models.ts') !== 0) process.exit(1);
  buildIfChanged();
}

function prepareDemo(): void {
  prepare();
  if (runScript('scripts/prepare-demo.ts') !== 0) process.exit(1);
}

const TASKS: Record<string, () => number> = {
  setup: () => {
    prepareDemo();
    return 0;
  },
  demo: () => {
    prepareDemo();
    return runScript('scripts/demo.ts', args);
  },
  start: startKiosk,
  test: () => {
    prepareDemo();
    return runScript('scripts/test.ts', args);
  },
  e2e: () => {
    prepareDemo();
    return runCommand('playwright', ['test', ...args]);
  },
  gallery: () => {
    installSystemPackages();
    return runScript('scripts/gallery.ts', args);
  },
  bench: () => {
    prepareDemo();
    return runScript('scripts/bench.ts', args);
  },
  accuracy: () => {
    if (runScript('scripts/prepare-models.ts') !== 0) return 1;
    if (args[0] === 'liveness') return runScript('tests/accuracy/liveness/main.ts', args.slice(1));
    if (args[0] === 'documents') return runScript('tests/accuracy/documents/main.ts', args.slice(1));
    return runScript('scripts/accuracy.ts', args);
  },
  verifier: () => {
    prepare();
    return runCommand(process.execPath, [join(root, 'out/main/verifier.js'), ...args]);
  },
  'package-dir': () => {
    prepare();
    return runScript('scripts/package-dir.ts', args);
  },
};

/** Opens the kiosk for real use, or with simulated devices when `--demo` is given. */
function startKiosk(): number {
  const demo = args.includes('--demo');
  if (demo) prepareDemo();
  else prepare();
  const host = findHost();
  if (host === null) {
    console.error('No Electron and no Chromium, Chrome or Edge found: install one of them and run the command again.');
    return 1;
  }
  if (!hasDisplay()) {
    console.error(
      'There is no display here, so no window can be shown. Run it in a desktop session, or under a virtual display ' +
        '("xvfb-run -a npm start"). "npm run demo" shows the whole flow without a display.',
    );
    return 1;
  }
  console.error(host.kind === 'electron' ? 'Running on Electron.' : `Running on ${host.browser} through the stand-in.`);
  const folders = [`--models-folder=${modelsFolder}`, ...(demo ? [`--demo-folder=${demoFolder}`, '--windowed'] : [])];
  return runCommand(host.command, [...host.args, ...args, ...folders]);
}

const run = TASKS[task];
if (!run) {
  console.error(`Unknown task "${task}". Tasks: ${Object.keys(TASKS).join(', ')}.`);
  process.exit(2);
}
mkdirSync(join(root, 'test-output'), { recursive: true });
process.exit(run());
