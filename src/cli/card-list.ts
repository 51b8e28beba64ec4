import type { Command } from 'commander';
import type { ReaderCandidate } from '../shared/domain/reader-diagnosis.ts';
import { wayOf } from '../main/card-reader/diagnosis/diagnose.ts';
import { machineReaders } from '../main/card-reader/machine-readers.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { emitJson, emitText } from './output.ts';

/** `card list`: everything that may be a reader, without opening any of it. */
export function registerList(card: Command): void {
  card
    .command('list')
    .description('ports, devices and services that may be a card reader; none of them is opened')
    .option('--json', 'one JSON value on standard output')
    .action(({ json = false }: { json?: boolean }) => list(json));
}

async function list(json: boolean): Promise<void> {
  const listed = await machineReaders(systemTiming).detection.candidates();
  if (json) return emitJson(listed);
  for (const candidate of listed.candidates) process.stdout.write(`${lineOf(candidate)}\n`);
  for (const { kind, failure } of listed.unlisted) {
    emitText(`${kind} devices can not be listed here, which doesn’t mean that there are none: ${failure.detail ?? ''}`);
  }
  if (listed.candidates.length > 0) return emitText('"card detect" asks those that may be readers who they are.');
  emitText('Nothing that may be a card reader was found. Check the cable and the power; "doctor" looks further.');
}

function lineOf({ transport, label, known }: ReaderCandidate): string {
  return [wayOf(transport), label, ...(known ? ['known card reader'] : [])].join('  ');
}
