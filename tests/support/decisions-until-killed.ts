// Decides about one record, sends everything that waits, and kills itself at one edge of that decision's way.
import { randomBytes } from 'node:crypto';
import { createRequestSequence } from '../../src/main/store/request-sequence.ts';
import { createKv1Client } from '../../src/main/verifiers/countersign/kv1-client.ts';
import type { Enrolment } from '../../src/main/settings/settings.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { commitOpen, decide, decidingOutbox, deliveriesIn } from './staff-decisions.ts';
import { openSampleStore } from './sample-store.ts';

const [folder = '', origin = '', enrolmentText = '', numberText = '', edge = ''] = process.argv.slice(2);
const enrolment = JSON.parse(enrolmentText) as Enrolment;

function killAt(place: string): void {
  if (place === edge) process.kill(process.pid, 'SIGKILL');
}

const store = openSampleStore(folder, { enrolment: () => enrolment });
const sequence = createRequestSequence(store.database, systemClock);
const clientParts = {
  origin,
  keyId: enrolment.keyId,
  server: { keyId: enrolment.serverKeyId, jwk: enrolment.serverKey },
  sign: (text: string) => store.identity.sign(text),
  clock: systemClock,
  randomBytes,
  nextSequence: () => sequence.next(),
  timeoutMs: 5_000,
};
const device = { store, client: createKv1Client(clientParts), clientParts };
const queue = deliveriesIn(store);
const service = decidingOutbox(device, {
  decisions: {
    queue: {
      ...queue,
      confirm: (receipt) => {
        killAt('answered');
        const kept = queue.confirm(receipt);
        killAt('kept');
        return kept;
      },
    },
    receiver: () => device.client,
  },
});
const certifyId = commitOpen(store, Number(numberText));
await service.sendNow();
decide(store, certifyId);
killAt('decided');
await service.sendNow();
await service.stop();
store.database.close();
