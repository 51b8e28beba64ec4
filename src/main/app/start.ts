import { app } from 'electron';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../../shared/clock.ts';
import { createAdminPaper } from './admin-paper.ts';
import { createFileChoice } from './file-choice.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { runWindows } from './lifecycle.ts';
import { openLog } from './log.ts';
import { electronPrinter } from './page-printer.ts';
import { readOptions } from './options.ts';
import { utilityWorkerStarter } from './utility-worker.ts';
import { hasVault, vaultKeySource } from './vault-key-source.ts';
import { createApplication } from '../composition/application.ts';
import { missingDemoFile } from '../composition/demo-hand.ts';
import { openInstallation } from '../composition/installation.ts';
import { everyTenth } from '../composition/migration-notes.ts';
import { KEY_FILE_NAME, keyFile } from '../store/key-file.ts';
import { hostingWorkers } from '../worker-process/hosted-workers.ts';

/**
 * Starts the windowed application: its options, its key, its store, its windows.
 *
 * @param args the command line after the executable.
 */
export function startApplication(args: readonly string[]): void {
  const options = readOptions(args);
  if (options.demo && app.isPackaged)
    fail('--demo works only in a development build: simulated devices prove nothing.');
  if (options.demo && options.demoFolder === null) fail('--demo needs --demo-folder.');
  const missing = options.demo && options.demoFolder !== null ? missingDemoFile(options.demoFolder) : null;
  if (missing !== null) fail(`--demo: ${missing} is missing in the demo folder.`);

  declareAppScheme();
  app.enableSandbox();
  app.commandLine.appendSwitch('disable-features', 'Translate');
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  if (options.dataFolder !== null && app.isPackaged) app.setPath('userData', options.dataFolder);
  const dataFolder = options.dataFolder ?? app.getPath('userData');
  if (!app.requestSingleInstanceLock()) fail('Countersign is running already.');

  void app.whenReady().then(() => {
    const mainFolder = join(app.getAppPath(), 'out', 'main');
    const log = openLog(dataFolder);
    const keySource = hasVault()
      ? vaultKeySource(join(dataFolder, 'database.key.sealed'))
      : keyFile(join(dataFolder, KEY_FILE_NAME), randomBytes);
    if (keySource.protection === 'key-file') log.warn('no vault: the database key is in a file of its owner');
    serveApp(join(app.getAppPath(), 'out', 'renderer'), options.demo ? options.demoFolder : null);

    const adminPaper = createAdminPaper();
    const fileChoice = createFileChoice();
    const installation = openInstallation(
      dataFolder,
      keySource,
      systemClock,
      everyTenth((progress) => log.info(progress, 'preparing the records for this version')),
    );
    const application = installation.ok
      ? createApplication({
          installation: installation.value,
          dataFolder,
          modelsFolder: options.modelsFolder ?? join(process.resourcesPath, 'models'),
          demoFolder: options.demo ? options.demoFolder : null,
          startWorker: hostingWorkers(
            utilityWorkerStarter(mainFolder, (worker, line) => log.warn({ worker }, line)),
            { device: ['photo'] },
          ),
          pagePrinter: electronPrinter(),
          adminPaper: adminPaper.print.bind(adminPaper),
          chooseFile: fileChoice.choose,
          clock: systemClock,
          appVersion: app.getVersion(),
          log: (event, failure) => (failure ? log.warn({ failure }, event) : log.info(event)),
        })
      : installation;
    const preloadFolder = join(app.getAppPath(), 'out', 'preload');
    runWindows({ application, options, log, preloadFolder, adminPaper, fileChoice });
  });
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
