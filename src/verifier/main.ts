import { parseArgs } from 'node:util';
import { startVerifier } from './start.ts';

const USAGE = 'verifier --data FOLDER [--port 7443] [--host 127.0.0.1] [--public-origin https://…] [--json]';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '7443' },
    host: { type: 'string', default: '127.0.0.1' },
    'public-origin': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const port = Number(values.port);
if (values.data === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(USAGE);
  process.exit(2);
}

const verifier = await startVerifier({
  dataFolder: values.data,
  host: values.host,
  port,
  publicOrigin: values['public-origin'] ?? null,
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
