// Commits one question, sends everything that waits, and kills itself at one edge of that question's way.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRequestSequence } from '../../src/main/store/request-sequence.ts';
import { createKv1Client } from '../../src/main/verifiers/countersign/kv1-client.ts';
import type { Enrolment } from '../../src/main/settings/settings.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { commitQuestion, deviceOutbox, unfinished } from './device-outbox.ts';
import { sampleCertifyId } from './sample-records.ts';
import { expectOk, openSampleStore } from './sample-store.ts';

const [folder = '', origin = '', enrolmentText = '', numberText = '', edge = ''] = process.argv.slice(2);
const enrolment = JSON.parse(enrolmentText) as Enrolment;
const number = Number(numberText);
const watched = sampleCertifyId(number);

function killAt(place: string, certifyId: string): void {
  if (certifyId === watched && place === edge) process.kill(process.pid, 'SIGKILL');
}

const store = openSampleStore(folder, { enrolment: () => enrolment });
expectOk(await store.materials.sweepOrphans());
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
const service = deviceOutbox(device, {
  checks: {
    ...store.checks,
    change: (certifyId, change) => {
      killAt(`before ${change.event}`, certifyId);
      const changed = store.checks.change(certifyId, change);
      killAt(`after ${change.event}`, certifyId);
      return changed;
    },
  },
  materials: {
    ...store.materials,
    destroy: async (certifyId, why) => {
      const destroyed = await store.materials.destroy(certifyId, why);
      killAt('after destroying', certifyId);
      return destroyed;
    },
  },
});
if (edge !== 'none') {
  const keeping = edge === 'before commit' ? { ...device, store: withoutCommit() } : device;
  await commitQuestion(keeping, number);
  killAt('after commit', watched);
  void service.ask(watched, 10_000);
}
for (let round = 0; round < 200 && unfinished(device).records + unfinished(device).questions > 0; round += 1) {
  await service.sendNow();
  await sleep(5);
}
await service.stop();
store.database.close();

/** The materials are on the disk, and nothing more. */
function withoutCommit(): typeof store {
  const commit = (): never => {
    process.kill(process.pid, 'SIGKILL');
    throw new Error('unreachable');
  };
  return { ...store, records: { commit } };
}
