import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  FAKE_VENDORS,
  type FakeAccount,
  type FakeVendor,
  type FakeVendorName,
  type ReceivedCall,
} from '../fake-vendor/contract.ts';
import { parseScript, unheardCodes } from '../fake-vendor/script-file.ts';
import { startFakeVendor } from '../fake-vendor/start.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';

interface FakeVendorCommandOptions {
  readonly vendor: string;
  readonly port: string;
  readonly script?: string;
  readonly json?: boolean;
}

/** Invented, so that they can be printed; nobody's account. */
const SAMPLE_ACCOUNT: FakeAccount = { accessKeyId: 'FAKE-KEY-ID', secretAccessKey: 'fake-secret-for-tests-only' };

/** Adds `fake-vendor`: a stand-in for a cloud's service, for whoever tests an integration without an account. */
export function registerFakeVendorCommand(program: Command): void {
  program
    .command('fake-vendor')
    .description('stand in for a cloud that verifies identities: signatures checked, every code on request')
    .requiredOption('--vendor <name>', `one of ${FAKE_VENDORS.join(', ')}`)
    .option('--port <port>', 'TCP port on loopback; 0 for any free one', '0')
    .option('--script <file>', 'JSON file that says how operations are answered; without it all goes well')
    .option('--json', 'one JSON line when it is ready, and one for each call')
    .addHelpText(
      'after',
      '\nThe account is read from FAKE_VENDOR_KEY_ID, FAKE_VENDOR_KEY_SECRET and FAKE_VENDOR_TOKEN;' +
        '\nwithout the first two an invented one is used and printed.',
    )
    .action((options: FakeVendorCommandOptions) => runFakeVendor(options));
}

async function runFakeVendor(options: FakeVendorCommandOptions): Promise<void> {
  const json = options.json === true;
  const port = Number(options.port);
  if (!isFakeVendor(options.vendor)) {
    return emitError(usageProblem('--vendor is none that is known', `Give one of ${FAKE_VENDORS.join(', ')}.`), json);
  }
  if (!/^\d+$/.test(options.port) || port > 65_535) {
    return emitError(usageProblem('--port is not a port', 'Give a number from 0 to 65535.'), json);
  }
  const account = accountOf(process.env);
  if (account === null) {
    const hint = 'Set FAKE_VENDOR_KEY_ID and FAKE_VENDOR_KEY_SECRET, or neither.';
    return emitError(usageProblem('half an account in the environment', hint), json);
  }
  const vendor = await started(options.vendor, port, account, json);
  if (vendor === null) return;
  try {
    if (options.script !== undefined && !(await useScript(vendor, options.script, json))) return;
    announce(vendor, account, json);
    await toldToEnd();
  } finally {
    await vendor.close();
  }
}

function isFakeVendor(name: string): name is FakeVendorName {
  return (FAKE_VENDORS as readonly string[]).includes(name);
}

function accountOf(environment: NodeJS.ProcessEnv): FakeAccount | null {
  const accessKeyId = environment['FAKE_VENDOR_KEY_ID'] ?? '';
  const secretAccessKey = environment['FAKE_VENDOR_KEY_SECRET'] ?? '';
  const securityToken = environment['FAKE_VENDOR_TOKEN'] ?? '';
  if (accessKeyId === '' && secretAccessKey === '') return SAMPLE_ACCOUNT;
  if (accessKeyId === '' || secretAccessKey === '') return null;
  return { accessKeyId, secretAccessKey, ...(securityToken === '' ? {} : { securityToken }) };
}

async function started(
  name: FakeVendorName,
  port: number,
  account: FakeAccount,
  json: boolean,
): Promise<FakeVendor | null> {
  try {
    return await startFakeVendor(name, { account, port, onCall: (call) => printCall(call, json) });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    emitError(usageProblem(`port ${port} can't be used: ${String(error.code)}`, 'Give another --port, or 0.'), json);
    return null;
  }
}

/** Whether the script is in use; otherwise what is wrong with it was said. */
async function useScript(vendor: FakeVendor, path: string, json: boolean): Promise<boolean> {
  const hint = 'See docs/verifiers/fake-vendor.md for the form of a script.';
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) {
    emitError(usageProblem('--script is not a file that can be read', hint), json);
    return false;
  }
  const script = parseScript(text, vendor);
  if (!script.ok) {
    emitError(usageProblem(script.error, hint), json);
    return false;
  }
  for (const unheard of unheardCodes(script.value, vendor)) emitText(`note: ${unheard} is a code that is not known`);
  for (const [operation, answers] of Object.entries(script.value)) vendor.script(operation, answers);
  return true;
}

function announce(vendor: FakeVendor, account: FakeAccount, json: boolean): void {
  const invented = account === SAMPLE_ACCOUNT;
  if (json) {
    const { name, address, operations } = vendor;
    return emitJson({ ready: true, vendor: name, address, operations, ...(invented ? { account } : {}) });
  }
  process.stdout.write(`Stand-in for ${vendor.name} at ${vendor.address}\n`);
  if (invented) {
    process.stdout.write(`Key ${account.accessKeyId}, secret ${account.secretAccessKey} (invented)\n`);
  } else process.stdout.write(`Key ${account.accessKeyId}, secret from the environment\n`);
}

/** Operation, outcome, bill and trace; nothing of what the call carried. */
function printCall(call: ReceivedCall, json: boolean): void {
  const { operation, signature, code, billed, atMs } = call;
  const at = new Date(atMs).toISOString();
  const name = /^[A-Za-z0-9]{1,40}$/.test(operation) ? operation : 'unknown';
  const traceId = traceOf(call);
  if (json) emitJson({ at, operation: name, signature, outcome: code, billed, traceId });
  else
    process.stdout.write(`${at} ${name}: ${code}${billed ? ', billed' : ''}${traceId ? `, trace ${traceId}` : ''}\n`);
}

/** The caller's trace, where it sent one in a form that can't be anything else. */
function traceOf({ headers }: ReceivedCall): string | null {
  return /\b[0-9a-f]{32}\b/.exec(headers['x-tc-traceid'] ?? headers['traceparent'] ?? '')?.[0] ?? null;
}

async function toldToEnd(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
