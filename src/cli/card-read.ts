import type { Command } from 'commander';
import type { CardReading } from '../shared/domain/card-reading.ts';
import type { IdentityDocument } from '../shared/domain/document.ts';
import type { PhotoDecoding } from '../shared/domain/photo-decoding.ts';
import type { ReaderTransport } from '../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { CardSource } from '../main/card-reader/card-source.ts';
import { machineReaders } from '../main/card-reader/machine-readers.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { emitDocument } from './card-document.ts';
import { photoDecodingFrom, usePhotoDecoder, withLibraryOptions, type LibraryOptions } from './card-library.ts';
import { photoFileProblem, savePhoto } from './card-photo.ts';
import { chosenReader, readerChoice, withTransportOptions, type TransportOptions } from './card-transport.ts';
import { emitWatchEvent } from './card-watch-output.ts';
import { watchReader } from './card-watch.ts';
import { emitError, emitText, usageProblem, type UsageProblem } from './output.ts';

interface ReadOptions extends TransportOptions, LibraryOptions {
  readonly timeout: string;
  readonly appendedAddress?: boolean;
  readonly fingerprint: string;
  readonly photoOut?: string;
  readonly watch?: boolean;
  readonly full?: boolean;
  readonly json?: boolean;
}

const DEFAULT_TIMEOUT_S = 30;

const HELP = `
Names, numbers, birthdays and addresses are masked unless --full is given, in JSON too: output ends up in logs and on
screens. The portrait goes to a file only when --photo-out names one.

With --watch the command goes on until Ctrl-C, also when the reader is unplugged: one line for each card, removal,
swapped card, problem, lost reader and reader that is back. Without it the command ends with 0 when a card was read.`;

/** `card read`: reads one card, or tells what happens on the reader until it is interrupted. */
export function registerRead(card: Command): void {
  const read = card.command('read').description('wait for a card and read it');
  withLibraryOptions(withTransportOptions(read))
    .option('--timeout <seconds>', 'how long to wait for a card', String(DEFAULT_TIMEOUT_S))
    .option('--appended-address', 'read the address that was added later, too')
    .option('--fingerprint <how>', 'skip, or recognise: how many bytes a card has; they are never kept', 'skip')
    .option('--photo-out <file>', 'keep the portrait there; the file must not exist yet')
    .option('--watch', 'go on: one line for each thing that happens')
    .option('--full', 'show every field as it is')
    .option('--json', 'JSON on standard output')
    .addHelpText('after', HELP)
    .action((options: ReadOptions) => readCards(options));
}

interface ReadPlan {
  readonly transport: ReaderTransport;
  readonly decoding: PhotoDecoding;
  readonly reading: CardReading;
  readonly timeoutMs: number;
}

async function readCards(options: ReadOptions): Promise<void> {
  const json = options.json === true;
  const plan = await planFrom(options);
  if (!plan.ok) return emitError(plan.error, json);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  await usePhotoDecoder(plan.value.decoding, async (photoDecoder) => {
    const { transport, reading } = plan.value;
    // The line's speed stays as other programs know it.
    const how = { photoDecoder, cardReading: reading, raiseLineSpeed: false };
    const create = machineReaders(systemTiming).sources(transport, how);
    if (!create.ok) return emitError(create.error, json);
    if (options.watch) return watch(create.value, stop.signal, options);
    await readOne(create.value(), plan.value, stop, options);
  });
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
}

async function planFrom(options: ReadOptions): Promise<Result<ReadPlan, Failure | UsageProblem>> {
  const choice = readerChoice(options);
  if (!choice.ok) return choice;
  const decoding = photoDecodingFrom(options);
  if (!decoding.ok) return decoding;
  const timeoutMs = Number(options.timeout) * 1000;
  if (!(timeoutMs > 0)) return err(usageProblem('--timeout is not a number of seconds', 'Give e.g. 30.'));
  const fingerprint = (['skip', 'recognise'] as const).find((how) => how === options.fingerprint);
  if (!fingerprint)
    return err(usageProblem('--fingerprint is neither skip nor recognise', 'Fingerprints are never kept.'));
  const { photoOut } = options;
  if (photoOut !== undefined && options.watch) {
    return err(usageProblem('--photo-out keeps one portrait', 'Leave out --watch.'));
  }
  const taken = photoOut === undefined ? null : photoFileProblem(photoOut);
  if (taken) return err(taken);
  const transport = await chosenReader(choice.value, () => machineReaders(systemTiming).detection.candidates());
  if (!transport.ok) return transport;
  const reading = { appendedAddress: options.appendedAddress === true, fingerprint };
  return ok({ transport: transport.value, decoding: decoding.value, reading, timeoutMs });
}

async function readOne(
  source: CardSource,
  { timeoutMs }: ReadPlan,
  stop: AbortController,
  options: ReadOptions,
): Promise<void> {
  const { json = false, full = false, photoOut } = options;
  const read = await cardWithin(source, timeoutMs, stop, json);
  await source.close();
  if (!read.ok) return emitError(read.error, json);
  emitDocument(read.value, { json, full });
  if (photoOut !== undefined) await savePhoto(read.value, photoOut, json);
}

async function cardWithin(
  source: CardSource,
  timeoutMs: number,
  stop: AbortController,
  json: boolean,
): Promise<Result<IdentityDocument, Failure>> {
  const opened = await source.open();
  const identity = opened.ok ? await source.identify() : opened;
  if (!identity.ok) return identity;
  if (!json) emitText('Put the card on the reader.');
  let late = false;
  const cancelTimer = systemTiming.setTimer(() => {
    late = true;
    stop.abort();
  }, timeoutMs);
  const read = await source.waitForCard(stop.signal);
  cancelTimer();
  return late && !read.ok ? err(await whyNoCardCame(source)) : read;
}

/** A card that another program has read isn't found again until it was lifted. */
async function whyNoCardCame(source: CardSource): Promise<Failure> {
  const present = await source.presence();
  const lies = present.ok && (present.value === 'same' || present.value === 'other');
  return lies ? failure('card.left-on-reader') : failure('user.timed-out', 'no card came');
}

async function watch(
  create: () => CardSource,
  signal: AbortSignal,
  { json = false, full = false }: ReadOptions,
): Promise<void> {
  if (!json) emitText('Watching the reader; Ctrl-C ends.');
  await watchReader({ create }, systemTiming, signal, (event) =>
    emitWatchEvent(event, systemTiming.clock.wallMs(), { json, full }),
  );
}
