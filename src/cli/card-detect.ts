import type { Command } from 'commander';
import type { DetectedReader } from '../shared/domain/reader-diagnosis.ts';
import { wayOf } from '../main/card-reader/diagnosis/diagnose.ts';
import { machineReaders } from '../main/card-reader/machine-readers.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { describeProblem, emitJson, emitText, setExitCode } from './output.ts';

/** `card detect`: asks every candidate who it is. */
export function registerDetect(card: Command): void {
  card
    .command('detect')
    .description('ask every port, device and service whether a card reader answers there; takes a few seconds each')
    .option('--json', 'JSON lines: one for each candidate as it answers')
    .addHelpText('after', '\nEnds with 0 when a reader answered, with 1 when none did.')
    .action(({ json = false }: { json?: boolean }) => detect(json));
}

async function detect(json: boolean): Promise<void> {
  const show = (detected: DetectedReader): void => {
    if (json) emitJson(detected);
    else process.stdout.write(`${lineOf(detected)}\n`);
  };
  const detected = await machineReaders(systemTiming).detection.detect({ onDetected: show });
  const answered = detected.filter(({ identity }) => identity !== null).length;
  if (answered === 0) {
    if (!json) emitText(`No reader answered at ${detected.length} places. "card test --port PORT" examines one.`);
    return setExitCode(1);
  }
  if (!json && answered > 1) emitText('More than one reader answered: choose one, by its port or its device.');
}

function lineOf({ transport, label, identity, failure, asked }: DetectedReader): string {
  const where = `${wayOf(transport)}  ${label}`;
  if (identity) {
    const words = [identity.samId, identity.service, identity.baud === null ? null : baudWords(identity.baud)];
    const simulated = identity.simulated ? ['simulated'] : [];
    return `ok       ${where}  ${[...words.filter((word) => typeof word === 'string'), ...simulated].join('  ')}`;
  }
  if (asked === false) return `not asked ${where}  (nothing speaks for a reader there)`;
  if (!failure) return `unknown  ${where}`;
  const { message, hint } = describeProblem(failure);
  return `no       ${where}\n         ${message}${hint === '' ? '' : `\n         ${hint}`}`;
}

function baudWords(baud: number | undefined): string | undefined {
  return baud === undefined ? undefined : `${baud} baud`;
}
