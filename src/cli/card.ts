import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { IdentityDocument } from '../shared/domain/document.ts';
import { parseIdentityNumber } from '../shared/domain/identity-number.ts';
import { systemClock } from '../shared/clock.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { decodeReplyFile } from '../main/card-reader/reply-file.ts';
import { noPhotoDecoder } from '../main/card-reader/photo-decoder.ts';
import { CardReader } from '../main/card-reader/reader.ts';
import { FAULT_NAMES } from '../main/card-reader/simulator/fault.ts';
import { applyChange, parseControlLine } from '../main/card-reader/simulator/control.ts';
import { servePty, serveTcp, type ServedReader } from '../main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../main/card-reader/simulator/simulated-reader.ts';
import { pause, systemTiming } from '../main/card-reader/timing.ts';
import { serialTransport } from '../main/card-reader/transports/serial.ts';
import { tcpTransport } from '../main/card-reader/transports/tcp.ts';
import type { Transport } from '../main/card-reader/transports/transport.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem, type UsageProblem } from './output.ts';

const PRESENCE_INTERVAL_MS = 500;
const DEFAULT_TIMEOUT_S = 30;

/** Adds `card decode`, `card read`, `card simulate` and `identity check`. */
export function registerCardCommands(program: Command): void {
  const card = program.command('card').description('read, decode and simulate identity cards');
  card
    .command('decode')
    .description('parse one raw reply frame of a card reader (binary, or hexadecimal text)')
    .argument('<file>')
    .option('--json', 'one JSON value on standard output')
    .action((file: string, options: { json?: boolean }) => decode(file, options.json === true));
  card
    .command('read')
    .description('wait for a card and read it')
    .requiredOption('--port <path>', 'serial port, or HOST:PORT with --transport tcp')
    .option('--transport <kind>', 'serial or tcp', 'serial')
    .option('--baud <rate>', 'serial line speed', '115200')
    .option('--timeout <seconds>', 'how long to wait for a card', String(DEFAULT_TIMEOUT_S))
    .option('--watch', 'go on: one line for each card and each removal')
    .option('--json', 'JSON on standard output')
    .action((options: ReadOptions) => read(options));
  card
    .command('simulate')
    .description('a simulated reader at wire speed; JSON lines on standard input change its card and fault')
    .option('--link <path>', 'make a pseudo-terminal there (needs socat)')
    .option('--tcp <port>', 'listen on 127.0.0.1')
    .option('--card <file>', 'card that lies on the reader from the start')
    .option('--fault <name>', FAULT_NAMES.join(', '))
    .option('--baud <rate>', 'line speed', '115200')
    .option('--json', 'JSON on standard output')
    .action((options: SimulateOptions) => simulate(options));
  program
    .command('identity')
    .description('identity numbers')
    .command('check')
    .description('validity, kind, birth date, sex and region of an identity number')
    .argument('<number>')
    .option('--json', 'one JSON value on standard output')
    .action((number: string, options: { json?: boolean }) => checkIdentity(number, options.json === true));
}

async function decode(file: string, json: boolean): Promise<void> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null)
    return emitError(usageProblem('the file can not be read', 'Give the path of a reply frame.'), json);
  const decoded = await decodeReplyFile(bytes, noPhotoDecoder);
  if (!decoded.ok) return emitError(decoded.error, json, 2);
  emitDocument(decoded.value.document, decoded.value.photoBytes, json);
}

interface ReadOptions {
  readonly port: string;
  readonly transport: string;
  readonly baud: string;
  readonly timeout: string;
  readonly watch?: boolean;
  readonly json?: boolean;
}

async function read(options: ReadOptions): Promise<void> {
  const json = options.json === true;
  const transport = transportFrom(options);
  if (!transport.ok) return emitError(transport.error, json);
  const timeoutMs = Number(options.timeout) * 1000;
  if (!(timeoutMs > 0)) return emitError(usageProblem('--timeout is not a number of seconds', 'Give e.g. 30.'), json);
  const reader = new CardReader(transport.value, { timing: systemTiming, photoDecoder: noPhotoDecoder });
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const opened = await reader.open();
  const identity = opened.ok ? await reader.identify() : opened;
  if (!identity.ok) emitError(identity.error, json);
  else if (options.watch) await watch(reader, stop.signal, json);
  else await readOne(reader, stop, timeoutMs, json);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  await reader.close();
}

async function readOne(reader: CardReader, stop: AbortController, timeoutMs: number, json: boolean): Promise<void> {
  if (!json) emitText('Put the card on the reader.');
  let late = false;
  const cancelTimer = systemTiming.setTimer(() => {
    late = true;
    stop.abort();
  }, timeoutMs);
  const result = await reader.waitForCard(stop.signal);
  cancelTimer();
  if (result.ok) emitDocument(result.value, photoBytes(result.value), json);
  else emitError(late ? failure('user.timed-out', 'no card came') : result.error, json);
}

/** Cards and removals until interrupted, or until the reader fails. */
async function watch(reader: CardReader, signal: AbortSignal, json: boolean): Promise<void> {
  while (!signal.aborted) {
    const result = await reader.waitForCard(signal);
    if (signal.aborted) return;
    if (!result.ok) {
      emitError(result.error, json);
      if (result.error.code.startsWith('reader.')) return;
      await pause(systemTiming, PRESENCE_INTERVAL_MS, signal);
      continue;
    }
    if (json) emitJson({ event: 'card', ...documentJson(result.value, photoBytes(result.value)) });
    else emitDocument(result.value, photoBytes(result.value), false);
    const removed = await untilRemoved(reader, signal);
    if (!removed.ok) return emitError(removed.error, json);
    if (signal.aborted) return;
    if (json) emitJson({ event: 'removed' });
    else emitText('The card was taken off.');
  }
}

async function untilRemoved(reader: CardReader, signal: AbortSignal): Promise<Result<void, Failure>> {
  while (!signal.aborted) {
    const present = await reader.presence();
    if (!present.ok) return present;
    if (present.value === 'gone') break;
    await pause(systemTiming, PRESENCE_INTERVAL_MS, signal);
  }
  return ok(undefined);
}

function transportFrom(options: ReadOptions): Result<Transport, UsageProblem> {
  if (options.transport === 'serial') {
    const baud = Number(options.baud);
    if (!(Number.isInteger(baud) && baud > 0))
      return err(usageProblem('--baud is not a line speed', 'Give e.g. 115200.'));
    return ok(serialTransport(options.port, baud));
  }
  if (options.transport !== 'tcp') {
    return err(usageProblem(`unknown transport ${options.transport}`, 'Use serial or tcp.'));
  }
  const address = /^(?:(.+):)?(\d{1,5})$/.exec(options.port);
  const port = Number(address?.[2]);
  if (!(port >= 1 && port <= 65_535)) return err(usageProblem('--port is not HOST:PORT', 'Give e.g. 127.0.0.1:9000.'));
  return ok(tcpTransport(address?.[1] ?? '127.0.0.1', port));
}

interface SimulateOptions {
  readonly link?: string;
  readonly tcp?: string;
  readonly card?: string;
  readonly fault?: string;
  readonly baud: string;
  readonly json?: boolean;
}

async function simulate(options: SimulateOptions): Promise<void> {
  const json = options.json === true;
  const baud = Number(options.baud);
  if (!(baud >= 1200 && baud <= 921_600)) {
    return emitError(usageProblem('--baud is not a line speed', 'Give 1200 to 921600, e.g. 115200.'), json);
  }
  const reader = new SimulatedReader(systemTiming);
  const changed = await applyChange(reader, { card: options.card, fault: options.fault });
  if (!changed.ok) return emitError(changed.error, json);
  const served = await serveWhere(reader, options, baud);
  if (!served.ok) return emitError(served.error, json);
  if (json) emitJson({ event: 'serving', address: served.value.address });
  else emitText(`A simulated reader answers at ${served.value.address}.`);
  await controlUntilStopped(reader, json);
  await served.value.stop();
}

async function serveWhere(
  reader: SimulatedReader,
  options: SimulateOptions,
  baud: number,
): Promise<Result<ServedReader, Failure | UsageProblem>> {
  const serving = { timing: systemTiming, baud };
  if (options.link !== undefined && options.tcp === undefined) return servePty(reader, options.link, serving);
  const port = Number(options.tcp);
  if (options.link !== undefined || !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    return err(usageProblem('give either --link PATH or --tcp PORT', 'Port 0 lets the system pick one.'));
  }
  return serveTcp(reader, port, serving);
}

/** Obeys standard input; its end doesn't stop the reader, which also runs without a terminal. */
function controlUntilStopped(reader: SimulatedReader, json: boolean): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    void (async () => {
      const change = parseControlLine(line);
      const changed = change.ok ? await applyChange(reader, change.value) : change;
      if (!changed.ok) emitText(`refused: ${changed.error.detail ?? changed.error.code}`);
      else if (json) emitJson({ event: 'changed', card: reader.hasCard });
    })();
  });
  return new Promise((resolve) => {
    const stop = (): void => {
      lines.close();
      process.stdin.destroy();
      resolve();
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
}

function checkIdentity(number: string, json: boolean): void {
  const today = new Date(systemClock.wallMs()).toISOString().slice(0, 10);
  const parsed = parseIdentityNumber(number, today);
  if (!parsed.ok) {
    const reason = parsed.error.detail ?? parsed.error.code;
    if (json) emitJson({ valid: false, reason });
    else emitText(`not valid: ${reason}`);
    return setExitCode(1);
  }
  const { kind, birthDate, sex, region, nationality } = parsed.value;
  const said = { valid: true, type: kind, birthDate, sex, region, nationality };
  if (json) emitJson(said);
  else emitLines({ ...said, region: `${region.code} ${region.province}` });
}

function photoBytes(document: IdentityDocument): number {
  const { portrait } = document;
  if (portrait.state === 'decoded') return portrait.image.length;
  return portrait.state === 'not-decoded' ? portrait.bytes : 0;
}

function documentJson(document: IdentityDocument, bytes: number): Record<string, unknown> {
  const { kind, fields, portrait, fingerprintBytes, simulated } = document;
  return {
    type: kind,
    fields,
    photo: { bytes, decoded: portrait.state === 'decoded' },
    ...(fingerprintBytes === undefined ? {} : { fingerprint: { bytes: fingerprintBytes } }),
    ...(simulated ? { simulated } : {}),
  };
}

function emitDocument(document: IdentityDocument, bytes: number, json: boolean): void {
  if (json) return emitJson(documentJson(document, bytes));
  const photo = document.portrait.state === 'decoded' ? `${bytes} bytes` : `${bytes} bytes, not decoded`;
  emitLines({ type: document.kind, ...document.fields, photo });
}

/** Results for people go to standard output too: there is no JSON there that they could disturb. */
function emitLines(values: Readonly<Record<string, string | number | boolean | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) process.stdout.write(`${name}: ${value}\n`);
  }
}
