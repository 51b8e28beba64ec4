import type { Command } from 'commander';
import { storageConfiguration, type StorageConfiguration } from '../verifier/configuration.ts';
import { createVerifierLog } from '../verifier/logging/verifier-log.ts';
import { RefusedStart } from '../verifier/refused-start.ts';
import { startVerifier, type RunningVerifier } from '../verifier/start.ts';
import { parseTrustedProxies } from '../verifier/trusted-proxies.ts';
import { modelsFolder } from './models-folder.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';
import { registerVerifierAdministration } from './verifier-administration.ts';
import { registerVerifierMeter } from './verifier-meter.ts';
import { registerReferenceCommands } from './verifier-references.ts';

interface StorageCommandOptions {
  readonly data: string;
  readonly database?: string;
  readonly objects?: string;
  readonly json?: boolean;
}

interface VerifierCommandOptions extends StorageCommandOptions {
  readonly port: string;
  readonly host: string;
  readonly publicOrigin?: string;
  readonly trustProxy?: string;
  readonly checks?: string;
  readonly models?: string;
  readonly log?: boolean;
}

/** Adds `verifier`: the reference verifier, until it is told to end, and what its operators do beside it. */
export function registerVerifierCommand(program: Command): void {
  const verifier = withStorageOptions(program.command('verifier'))
    .description('run the reference verifier and print a one-time enrolment code')
    .option('--checks <file>', 'who answers which checks; without it records are kept and nothing is asked')
    .option('--models <folder>', 'models for the own comparison')
    .option('--port <port>', 'TCP port; 0 for any free one', '7443')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--public-origin <origin>', 'what devices call it when a proxy stands in front')
    .option('--trust-proxy <addresses>', 'proxies that are believed about who sent a request: 10.0.0.5,10.1.0.0/16')
    .option('--log', 'log requests and events to standard error, one JSON object a line')
    .action((options: VerifierCommandOptions) => runVerifier(options));
  registerVerifierAdministration(verifier, withStorageOptions, storageOf);
  registerReferenceCommands(verifier, withStorageOptions, storageOf);
  registerVerifierMeter(verifier, withStorageOptions, storageOf);
}

function withStorageOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'where it keeps its database file and objects', 'verifier-data')
    .option('--database <address>', 'postgres://USER@HOST/NAME in place of the file; or COUNTERSIGN_DATABASE')
    .option('--objects <place>', 's3://BUCKET?endpoint=… or a folder; or COUNTERSIGN_OBJECTS')
    .option('--json', 'one JSON line');
}

/** Where things are kept, or null after saying what is wrong with the options. */
function storageOf(options: StorageCommandOptions): StorageConfiguration | null {
  const storage = storageConfiguration(options, process.env);
  if (storage.ok) return storage.value;
  emitError(usageProblem(storage.error, 'See docs/verifier/storage.md.'), options.json === true);
  return null;
}

async function runVerifier(options: VerifierCommandOptions): Promise<void> {
  const json = options.json === true;
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return emitError(usageProblem('--port is not a port', 'Give a number from 0 to 65535.'), json);
  }
  const storage = storageOf(options);
  if (storage === null) return;
  const trusted = options.trustProxy === undefined ? null : parseTrustedProxies(options.trustProxy);
  if (trusted?.ok === false) return emitError(usageProblem(trusted.error, 'See docs/verifier/operations.md.'), json);
  const verifier = await startWith({ ...options, ...storage, port, trustedProxies: trusted?.value ?? [] }, json);
  if (verifier === null) return;
  const { address, enrolmentCode, serverKeyFingerprint } = verifier;
  if (json) emitJson({ ready: true, address, enrolmentCode, serverKeyFingerprint });
  else {
    process.stdout.write(`Verifier at ${address}\nEnrolment code ${enrolmentCode} (15 minutes, one device)\n`);
    process.stdout.write(`Server key ${serverKeyFingerprint}\n`);
  }
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  if (!json) emitText('Ending');
  await verifier.close();
}

type StartOptions = Pick<VerifierCommandOptions, 'host' | 'checks' | 'models' | 'publicOrigin' | 'log'> &
  StorageConfiguration & { readonly port: number; readonly trustedProxies: readonly string[] };

/** Null after saying what it can't start with. */
async function startWith(options: StartOptions, json: boolean): Promise<RunningVerifier | null> {
  const { dataFolder, database, objects, host, port, trustedProxies } = options;
  try {
    return await startVerifier({
      ...{ dataFolder, database, objects, host, port, trustedProxies },
      checks: options.checks ?? null,
      modelsFolder: modelsFolder(options.models),
      publicOrigin: options.publicOrigin ?? null,
      environment: process.env,
      log: createVerifierLog(options.log === true ? 'stderr' : 'silent'),
    });
  } catch (error) {
    if (!(error instanceof RefusedStart)) throw error;
    emitError(usageProblem(error.message, 'See docs/verifier/sessions.md.'), json);
    return null;
  }
}
