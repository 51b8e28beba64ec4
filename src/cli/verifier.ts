import type { Command } from 'commander';
import { startVerifier } from '../verifier/start.ts';
import { emitError, emitJson, usageProblem } from './output.ts';

interface VerifierCommandOptions {
  readonly data: string;
  readonly port: string;
  readonly host: string;
  readonly publicOrigin?: string;
  readonly json?: boolean;
}

/** Adds `verifier`: the reference verifier, until it is told to end. */
export function registerVerifierCommand(program: Command): void {
  program
    .command('verifier')
    .description('run the reference verifier and print a one-time enrolment code')
    .option('--data <folder>', 'where it keeps its database', 'verifier-data')
    .option('--port <port>', 'TCP port; 0 for any free one', '7443')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--public-origin <origin>', 'what devices call it when a proxy stands in front')
    .option('--json', 'one JSON line when it is ready')
    .action((options: VerifierCommandOptions) => runVerifier(options));
}

async function runVerifier(options: VerifierCommandOptions): Promise<void> {
  const json = options.json === true;
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return emitError(usageProblem('--port is not a port', 'Give a number from 0 to 65535.'), json);
  }
  const verifier = await startVerifier({
    dataFolder: options.data,
    host: options.host,
    port,
    publicOrigin: options.publicOrigin ?? null,
  });
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
  await verifier.close();
}
