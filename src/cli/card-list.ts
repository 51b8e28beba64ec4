import type { Command } from 'commander';
import type { ReaderCandidate } from '../shared/domain/reader-diagnosis.ts';
import { wayOf } from '../main/card-reader/diagnosis/diagnose.ts';
import { cardDevices } from './card-devices.ts';
import { emitError, emitJson, emitText } from './output.ts';

/** `card list`: everything that may be a reader, without opening any of it. */
export function registerList(card: Command): void {
  card
    .command('list')
    .description('ports, devices and services that may be a card reader; none of them is opened')
    .option('--json', 'one JSON value on standard output')
    .action(({ json = false }: { json?: boolean }) => list(json));
}

async function list(json: boolean): Promise<void> {
  const candidates = await cardDevices().candidates();
  if (!candidates.ok) return emitError(candidates.error, json);
  if (json) return emitJson({ candidates: candidates.value });
  for (const candidate of candidates.value) process.stdout.write(`${lineOf(candidate)}\n`);
  if (candidates.value.length === 0) {
    emitText('Nothing that may be a card reader was found. Check the cable and the power; "doctor" looks further.');
  } else {
    emitText('"card detect" asks each of them whether it is a card reader.');
  }
}

function lineOf({ transport, label, known }: ReaderCandidate): string {
  return [wayOf(transport), label, ...(known ? ['known card reader'] : [])].join('  ');
}
