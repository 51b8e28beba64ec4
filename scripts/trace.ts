import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { commitQuestion, deviceOutbox } from '../tests/support/device-outbox.ts';
import { enrolSampleDevice } from '../tests/support/enrolled-device.ts';
import { expectOk, temporaryFolder } from '../tests/support/sample-store.ts';
import { root } from './steps/paths.ts';

/**
 * One certification followed through kiosk, verifier and a vendor's stand-in, each but the kiosk a process of its own:
 * `node scripts/trace.ts`. Every line that carries the trace is printed in order of time.
 */
const account = { id: 'trace-secret-id', key: 'trace-secret-key' };
const folders = [temporaryFolder(), temporaryFolder()] as const;
const [kioskFolder, verifierFolder] = folders;
const readySchema = z.object({ address: z.string(), enrolmentCode: z.string().optional() }).loose();

interface Line {
  readonly atMs: number;
  readonly who: string;
  readonly text: string;
}
const lines: Line[] = [];
const note = (who: string, text: string, atMs = Date.now()): void => void lines.push({ atMs, who, text });

/** Starts a part and gives what it says when it is ready; what follows is noted where it names the trace. */
async function start(
  who: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly child: ChildProcess; readonly ready: z.infer<typeof readySchema> }> {
  const child = spawn(process.execPath, [...argv], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  createInterface({ input: child.stderr }).on('line', (text) => note(who, text));
  const ready = await new Promise<string>((resolve, reject) => {
    const output = createInterface({ input: child.stdout });
    output.once('line', resolve);
    output.on('line', (text) => note(who, text));
    child.once('exit', (code) => reject(new Error(`${who} ended with ${code}`)));
  });
  return { child, ready: readySchema.parse(JSON.parse(ready)) };
}

const vendor = await start(
  'vendor',
  ['src/cli/main.ts', 'fake-vendor', '--vendor', 'tencent', '--port', '0', '--json'],
  { FAKE_VENDOR_KEY_ID: account.id, FAKE_VENDOR_KEY_SECRET: account.key },
);
const checks = join(verifierFolder.path, 'checks.json');
const { address } = vendor.ready;
writeFileSync(
  checks,
  JSON.stringify({
    checks: { 'face-authority': ['tencent'] },
    tencent: { region: 'ap-guangzhou', endpoints: { faceid: address, iai: address, ocr: address } },
  }),
);
const verifier = await start(
  'verifier',
  [
    ...['src/verifier/main.ts', '--data', verifierFolder.path, '--port', '0'],
    ...['--checks', checks, '--log', '--json'],
  ],
  { COUNTERSIGN_TENCENT_SECRET_ID: account.id, COUNTERSIGN_TENCENT_SECRET_KEY: account.key },
);

const device = await enrolSampleDevice(kioskFolder.path, {
  address: verifier.ready.address,
  enrolmentCode: verifier.ready.enrolmentCode ?? '',
});
let certifyId = '';
let decided = (): void => undefined;
const erased = new Promise<void>((resolve) => (decided = resolve));
const outbox = deviceOutbox(device, {
  onDecided: (id, outcome) => note('kiosk', `decision kept: ${outcome.state} ${outcome.reason} (${id})`),
  onChange: () => {
    const check = device.store.checks.find(certifyId);
    if (check.ok && check.value?.state === 'erased') decided();
  },
});
certifyId = await commitQuestion(device, 1);
note('kiosk', `record and question committed (${certifyId})`);
void outbox.ask(certifyId, 20_000);
await Promise.race([erased, new Promise((resolve) => setTimeout(resolve, 20_000))]);
const kept = expectOk(device.store.checks.find(certifyId));
note('kiosk', `materials ${kept?.state ?? 'unknown'} (${certifyId})`);
await outbox.stop();
for (const { child } of [vendor, verifier]) child.kill('SIGTERM');
await new Promise((resolve) => setTimeout(resolve, 300));
device.store.database.close();
for (const folder of folders) folder.remove();

const requestSchema = z.object({
  method: z.string(),
  route: z.string(),
  status: z.number(),
  durationMs: z.number(),
  spanId: z.string(),
});
const callSchema = z.object({ operation: z.string(), outcome: z.string(), billed: z.boolean() });

/** What a part logged, in one line. */
function inWords(text: string): string {
  if (!text.startsWith('{')) return text;
  const logged: unknown = JSON.parse(text);
  const request = requestSchema.safeParse(logged);
  if (request.success) {
    const { method, route, status, durationMs, spanId } = request.data;
    return `${method} ${route} → ${status} (${durationMs} ms, span ${spanId})`;
  }
  const call = callSchema.safeParse(logged);
  return call.success ? `${call.data.operation} → ${call.data.outcome}${call.data.billed ? ', billed' : ''}` : text;
}

const traceId = certifyId.replaceAll('-', '');
const [first] = lines;
console.log(`certification ${certifyId}\ntrace         ${traceId}\n`);
for (const { atMs, who, text } of lines.toSorted((a, b) => a.atMs - b.atMs)) {
  if (!text.includes(traceId) && !text.includes(certifyId)) continue;
  console.log(`${String(atMs - (first?.atMs ?? 0)).padStart(6)} ms  ${who.padEnd(8)}  ${inWords(text)}`);
}
