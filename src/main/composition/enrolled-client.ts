import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import type { Enrolment } from '../settings/settings.ts';
import { createKv1Client, type Kv1Client } from '../verifiers/countersign/kv1-client.ts';
import type { Installation } from './installation.ts';

/** One client per enrolment: it remembers how far this clock is from the verifier's. */
export function createEnrolledClient(
  { settings, identity, sequence, outboxMemory }: Installation,
  clock: Clock,
): { readonly client: () => Kv1Client | null } {
  let made: { readonly of: string; readonly client: Kv1Client } | null = null;

  function enrolmentNow(): { address: string; enrolment: Enrolment } | null {
    const verifier = settings.read('verifier');
    if (!verifier.ok || verifier.value.address === null || verifier.value.enrolment === null) return null;
    return { address: verifier.value.address, enrolment: verifier.value.enrolment };
  }

  return {
    client: (): Kv1Client | null => {
      const enrolled = enrolmentNow();
      if (enrolled === null) return null;
      const { address, enrolment } = enrolled;
      const of = `${address} ${enrolment.keyId} ${enrolment.serverKeyId}`;
      if (made?.of !== of) {
        const client = createKv1Client({
          origin: address,
          keyId: enrolment.keyId,
          server: { keyId: enrolment.serverKeyId, jwk: enrolment.serverKey },
          sign: (text) => identity.sign(text),
          clock,
          randomBytes,
          nextSequence: () => sequence.next(),
          clockOffset: {
            load: () => {
              const kept = outboxMemory.clockOffsetMs();
              return kept.ok ? (kept.value ?? 0) : 0;
            },
            save: (offsetMs) => void outboxMemory.saveClockOffset(offsetMs),
          },
        });
        made = { of, client };
      }
      return made.client;
    },
  };
}
