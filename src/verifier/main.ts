import { parseArgs } from 'node:util';
import { storageConfiguration } from './configuration.ts';
import { createVerifierLog } from './logging/verifier-log.ts';
import { RefusedStart } from './refused-start.ts';
import { startVerifier } from './start.ts';
import { parseTrustedProxies } from './trusted-proxies.ts';

const USAGE = `verifier --data FOLDER [--database postgres://…] [--objects s3://…] [--checks FILE] [--models FOLDER]
  [--port 7443] [--host 127.0.0.1] [--public-origin https://…] [--trust-proxy ADDRESS,…] [--log] [--json]`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    database: { type: 'string' },
    objects: { type: 'string' },
    checks: { type: 'string' },
    models: { type: 'string', default: 'models' },
    port: { type: 'string', default: '7443' },
    host: { type: 'string', default: '127.0.0.1' },
    'public-origin': { type: 'string' },
    'trust-proxy': { type: 'string' },
    log: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

function refuse(problem: string): never {
  console.error(problem);
  process.exit(2);
}

const port = Number(values.port);
if (values.data === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) refuse(USAGE);
const storage = storageConfiguration({ ...values, data: values.data }, process.env);
if (!storage.ok) refuse(storage.error);

const trusted = values['trust-proxy'] === undefined ? null : parseTrustedProxies(values['trust-proxy']);
if (trusted?.ok === false) refuse(trusted.error);

const verifier = await startVerifier({
  ...storage.value,
  checks: values.checks ?? null,
  modelsFolder: values.models,
  host: values.host,
  port,
  publicOrigin: values['public-origin'] ?? null,
  trustedProxies: trusted?.value ?? [],
  environment: process.env,
  log: createVerifierLog(values.log ? 'stderr' : 'silent'),
}).catch((error: unknown) => {
  if (error instanceof RefusedStart) refuse(error.message);
  throw error;
});
const { address, enrolmentCode, serverKeyFingerprint } = verifier;
if (values.json) {
  console.log(JSON.stringify({ ready: true, address, enrolmentCode, serverKeyFingerprint }));
} else {
  console.log(`Verifier at ${address}\nEnrolment code ${enrolmentCode} (15 minutes, one device)`);
  console.log(`Server key ${serverKeyFingerprint}`);
}

async function stop(): Promise<void> {
  await verifier.close();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
