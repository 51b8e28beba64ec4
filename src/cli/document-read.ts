import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { text as streamText } from 'node:stream/consumers';
import type { Command } from 'commander';
import { systemClock } from '../shared/clock.ts';
import { accessKeyOf } from '../shared/domain/mrz-access-key.ts';
import { parseZone } from '../shared/domain/mrz-parse.ts';
import type { ChipAccessKey, ChipDocument, ChipProgress } from '../shared/domain/travel-document.ts';
import type { Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { createChipHandlers, type ChipHandlers } from '../main/chip-document/chip-handlers.ts';
import { localDayOf } from '../main/store/local-day.ts';
import { chipJson, chipText } from './document-read-output.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem, type UsageProblem } from './output.ts';

interface ReadOptions {
  readonly pcsc?: boolean;
  readonly reader?: string;
  readonly mrz?: string;
  readonly number?: string;
  readonly birth?: string;
  readonly expiry?: string;
  readonly can?: string;
  readonly certificates?: string;
  readonly portrait?: string;
  readonly timeout: string;
  readonly list?: boolean;
  readonly unmasked?: boolean;
  readonly json?: boolean;
}

const HELP = `
The chip opens with what stands on the document: its machine-readable zone (--mrz FILE, or - for standard input; or
--number, --birth and --expiry), or the six digits on the front of a card (--can).

Without --certificates the signature is not checked: the output says "unchecked", and nothing is called genuine. A
document that is forged ends with 1. Names and numbers are masked unless --unmasked is given, in JSON too.`;

/** Adds `document read`: reads the chip of a travel document on a PC/SC reader. */
export function registerDocumentReadCommand(document: Command): void {
  document
    .command('read')
    .description('read the chip of a passport or another travel document')
    .option('--pcsc', 'on a PC/SC reader (the only kind there is)')
    .option('--reader <name>', 'the reader with this name instead of any')
    .option('--mrz <file>', 'the machine-readable zone as text; - reads standard input')
    .option('--number <number>', 'document number')
    .option('--birth <YYMMDD>', 'date of birth')
    .option('--expiry <YYMMDD>', 'date of expiry')
    .option('--can <digits>', 'card access number')
    .option('--certificates <path>', 'folder of country certificates or a master list')
    .option('--portrait <file>', 'keep the portrait there; the file must not exist yet')
    .option('--timeout <seconds>', 'how long to wait for a document', '30')
    .option('--list', 'list the readers instead')
    .option('--unmasked', 'show names and numbers as they are')
    .option('--json', 'JSON on standard output')
    .addHelpText('after', HELP)
    .action((_options: unknown, command: Command) => run(command.optsWithGlobals<ReadOptions>()));
}

async function run(options: ReadOptions): Promise<void> {
  const json = options.json === true;
  const chips = createChipHandlers({ emit: (_, progress) => tell(progress) });
  if (options.list) return list(chips, json);
  const timeoutMs = Number(options.timeout) * 1000;
  if (!(timeoutMs > 0)) return emitError(usageProblem('--timeout is not a number of seconds', 'Give e.g. 30.'), json);
  if (options.portrait !== undefined && existsSync(options.portrait)) {
    return emitError(usageProblem('the file of --portrait exists already', 'Name one that does not.'), json);
  }
  const key = await keyFrom(options);
  if (!key.ok) return emitError(key.error, json);
  const configured = await chips.configure({
    chipReader: options.reader === undefined ? { kind: 'any' } : { kind: 'named', name: options.reader },
    certificates: options.certificates ?? null,
  });
  if (!configured.ok) return emitError(configured.error, json);
  const interrupt = (): void => void chips.cancelChip();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const read = await chips.readChip({ key: key.value, timeoutMs });
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  if (!read.ok) return emitError(read.error, json);
  await show(read.value, options);
}

let lastStep: ChipProgress['step'] | null = null;

/** One line for every state, and none for the shares between. */
function tell({ step }: ChipProgress): void {
  if (step !== lastStep) emitText(`chip: ${step}`);
  lastStep = step;
}

async function list(chips: ChipHandlers, json: boolean): Promise<void> {
  const readers = await chips.listChipReaders();
  if (!readers.ok) return emitError(readers.error, json);
  if (json) return emitJson(readers.value);
  if (readers.value.length === 0) return emitText('no PC/SC reader is connected');
  for (const { name, documentPresent } of readers.value) emitText(`${name}${documentPresent ? '  (a document)' : ''}`);
}

async function keyFrom(options: ReadOptions): Promise<Result<ChipAccessKey, Failure | UsageProblem>> {
  const { mrz, number, birth, expiry, can } = options;
  const parts = number ?? birth ?? expiry;
  if ([mrz, parts, can].filter((each) => each !== undefined).length !== 1) {
    return err(usageProblem('one key is needed', 'Give --mrz, or --number with --birth and --expiry, or --can.'));
  }
  if (can !== undefined) return ok({ kind: 'can', number: can });
  if (mrz !== undefined) return keyFromZone(mrz);
  if (number === undefined || birth === undefined || expiry === undefined) {
    return err(usageProblem('--number, --birth and --expiry belong together', 'Give all three.'));
  }
  return ok({ kind: 'mrz', documentNumber: number, birthDate: birth, expiryDate: expiry });
}

async function keyFromZone(file: string): Promise<Result<ChipAccessKey, Failure | UsageProblem>> {
  const content = await (file === '-' ? streamText(process.stdin) : readFile(file, 'utf8')).catch(() => null);
  if (content === null) return err(usageProblem('the file of --mrz can not be read', 'Name a text file, or -.'));
  const lines = content.split(/\r?\n/).filter((line) => line.trim() !== '');
  const zone = parseZone(lines, localDayOf(systemClock.wallMs()));
  return zone.ok ? accessKeyOf(zone.value) : zone;
}

async function show(document: ChipDocument, options: ReadOptions): Promise<void> {
  const unmasked = options.unmasked === true;
  if (options.json) emitJson(chipJson(document, unmasked));
  else emitText(chipText(document, unmasked));
  if (document.signature.state === 'forged') setExitCode(1);
  if (options.portrait === undefined) return;
  const { portrait } = document;
  if (portrait.state !== 'decoded') return emitError(portrait.reason, options.json === true);
  const written = await writeFile(options.portrait, portrait.picture.bytes, { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  );
  if (!written)
    return emitError(usageProblem('the portrait can not be written', 'Name a new file.'), options.json === true);
  emitText(`The portrait (${portrait.picture.mediaType}) was kept. Destroy the file when it is no longer needed.`);
}
