import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readMp4 } from '../main/clip/mp4-file.ts';
import { readInputsFile } from '../main/requests/inputs-file.ts';
import { parseNewRequest } from '../main/requests/new-request.ts';
import { callerOrderIdSchema, type CertificationRequest } from '../shared/domain/certification-request.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';
import { withRequests, type OrderStoreOptions } from './order-store.ts';
import { resultLines } from './order-text.ts';

interface OrderOptions extends OrderStoreOptions {
  readonly scene?: string;
}
interface CreateOptions extends OrderStoreOptions {
  readonly scene: string;
  readonly inputs?: string;
  readonly consent?: 'capture' | 'transmit';
}
interface ListOptions extends OrderStoreOptions {
  readonly offset: string;
  readonly limit: string;
}

/** Adds `order create`, `show`, `list`, `withdraw`, `result` and `materials`: requests of callers by their own number. */
export function registerOrderCommands(program: Command): void {
  const order = program.command('order').description('requests of callers, by their own order number');
  const withStore = (command: Command): Command =>
    command
      .requiredOption('--data-folder <folder>', 'the data folder of the application')
      .option('--key-file <file>', 'master key; by default database.key in the data folder')
      .option('--json', 'JSON on standard output');
  const ofOrder = (command: Command): Command =>
    withStore(command.argument('<order>')).option('--scene <id>', 'where orders of several scenes have this number');
  withStore(order.command('create'))
    .description('make a request and print its token, which is shown this once')
    .argument('<order>')
    .requiredOption('--scene <id>', 'the scene')
    .option('--inputs <file>', 'JSON: what the caller gives; pictures as {"file": "path"} or {"base64": "..."}')
    .option('--consent <what>', 'the caller has the person’s consent: to capture, or to transmit as well')
    .option('--models <folder>', 'the models that faces are looked for with')
    .action(createOrder);
  ofOrder(order.command('show')).description('where a request stands').action(showOrder);
  withStore(order.command('list'))
    .description('newest first; one JSON value per line with --json')
    .option('--offset <number>', 'requests to skip', '0')
    .option('--limit <number>', 'requests to show', '50')
    .action(listOrders);
  ofOrder(order.command('withdraw')).description('make its token worthless').action(withdrawOrder);
  ofOrder(order.command('result'))
    .description('what became of it; reading it asks nobody and costs nothing')
    .action(showResult);
  ofOrder(order.command('materials'))
    .description('write what is kept of it into a folder')
    .requiredOption('--out <folder>', 'a new or empty folder')
    .action(writeMaterials);
}

async function createOrder(orderId: string, options: CreateOptions): Promise<void> {
  const json = options.json === true;
  if (options.consent !== undefined && !['capture', 'transmit'].includes(options.consent)) {
    return emitError(usageProblem('--consent is capture or transmit', 'transmit means both.'), json);
  }
  const given = options.inputs === undefined ? ok({}) : await readInputsFile(options.inputs, readMp4);
  if (!given.ok) return report(given.error, json);
  const consent = options.consent && { capture: true, transmit: options.consent === 'transmit' };
  const asked = parseNewRequest({ sceneId: options.scene, orderId, inputs: given.value, consent });
  if (!asked.ok) return report(asked.error, json);
  const issued = await withRequests(options, ({ book }) => book.make(asked.value));
  if (!issued.ok) return report(issued.error, json);
  if (json) return emitJson(issued.value);
  emitText(describe(issued.value.request));
  emitText('The token is shown this once:');
  process.stdout.write(`${issued.value.token}\n`);
}

async function showOrder(orderId: string, options: OrderOptions): Promise<void> {
  const found = await ofOrder(orderId, options, ({ book }, scene) => Promise.resolve(book.findByOrder(orderId, scene)));
  print(found, options.json === true, (request) => emitText(describe(request)));
}

async function listOrders(options: ListOptions): Promise<void> {
  const json = options.json === true;
  const [offset, limit] = [Number(options.offset), Number(options.limit)];
  if (!Number.isInteger(offset) || offset < 0 || !Number.isInteger(limit) || limit < 1) {
    return emitError(usageProblem('--offset and --limit are whole numbers', 'For example --limit 50.'), json);
  }
  const page = await withRequests(options, ({ book }) => Promise.resolve(book.list(offset, limit)));
  if (!page.ok) return report(page.error, json);
  for (const row of page.value.rows) {
    if (json) emitJson(row);
    else process.stdout.write(`${describe(row)}\n`);
  }
}

async function withdrawOrder(orderId: string, options: OrderOptions): Promise<void> {
  const withdrawn = await ofOrder(orderId, options, async ({ book }, scene) => {
    const found = book.findByOrder(orderId, scene);
    return found.ok ? book.withdraw(found.value.requestId) : found;
  });
  print(withdrawn, options.json === true, (request) => emitText(describe(request)));
}

async function showResult(orderId: string, options: OrderOptions): Promise<void> {
  const result = await ofOrder(orderId, options, ({ results }, scene) => results.ofOrder(orderId, scene));
  print(result, options.json === true, (found) => emitText(resultLines(found).join('\n')));
}

async function writeMaterials(orderId: string, options: OrderOptions & { readonly out: string }): Promise<void> {
  const json = options.json === true;
  if (!(await isFree(options.out))) {
    return emitError(usageProblem(`${options.out} is not empty`, 'Give --out a new or an empty folder.'), json);
  }
  const files = await ofOrder(orderId, options, async ({ results }, scene) => {
    const result = await results.ofOrder(orderId, scene);
    return result.ok ? results.files(result.value.certifyId) : result;
  });
  if (!files.ok) return report(files.error, json);
  if (files.value.length === 0) {
    return report(failure('request.invalid', 'nothing is kept of it, or not any more'), json);
  }
  try {
    await mkdir(options.out, { recursive: true, mode: 0o700 });
    for (const { name, bytes } of files.value) {
      await writeFile(join(options.out, name), bytes, { mode: 0o600, flag: 'wx' });
    }
  } catch {
    return report(failure('store.unavailable', `${options.out}: can not be written`), json);
  }
  const names = files.value.map(({ name }) => name);
  if (json) return emitJson({ out: options.out, files: names });
  emitText(`${names.join(', ')} in ${options.out}. They are not encrypted: delete them when you are done.`);
}

type Requests = Parameters<Parameters<typeof withRequests>[1]>[0];

async function ofOrder<T>(
  orderId: string,
  options: OrderOptions,
  ask: (requests: Requests, sceneId: string | null) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  if (!callerOrderIdSchema.safeParse(orderId).success) {
    return err(failure('request.invalid', 'order: 1–64 of letters, digits, point, hyphen and underscore'));
  }
  return withRequests(options, (requests) => ask(requests, options.scene ?? null));
}

function print<T>(found: Result<T, Failure>, json: boolean, show: (value: T) => void): void {
  if (!found.ok) return report(found.error, json);
  if (json) emitJson(found.value);
  else show(found.value);
}

/** What the caller has to change is bad input; everything else is a refusal. */
function report(problem: Failure, json: boolean): void {
  const isInput = /^(request\.(input|invalid)|picture\.|scene\.unknown)/.test(problem.code);
  emitError(problem, json, isInput ? 2 : 1);
}

function describe({
  orderId,
  sceneId,
  scheme,
  state,
  createdAtMs,
  expiresAtMs,
  certifyId,
  nameMasked,
  verdict,
}: CertificationRequest): string {
  const times = `${new Date(createdAtMs).toISOString()} – ${new Date(expiresAtMs).toISOString()}`;
  const outcome = verdict ? [`${verdict.state} (${verdict.reason})${verdict.underReview ? ', under review' : ''}`] : [];
  const named = nameMasked === undefined ? [] : [nameMasked];
  return [orderId, sceneId, scheme, ...named, state, ...outcome, times, certifyId ?? '-'].join('  ');
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
