import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChallengeSeeds } from '../../../src/main/composition/challenge-seeds.ts';
import { nonceOfSeed } from '../../../src/main/liveness/seeded-bytes.ts';
import { createKv1Client } from '../../../src/main/verifiers/countersign/kv1-client.ts';
import { KV1_LIMITS, type ChallengeSeed } from '../../../src/shared/protocol/kv1.ts';
import { enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { startVerifierInProcess, type InProcessVerifier } from '../../support/verifier-in-process.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 9);
let kiosk: ReturnType<typeof temporaryFolder>;
let cloud: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let verifier: InProcessVerifier;
let device: EnrolledDevice;

beforeEach(async () => {
  kiosk = temporaryFolder();
  cloud = temporaryFolder();
  clock = manualClock(NOW_MS);
  verifier = await startVerifierInProcess(cloud.path, clock);
  device = await enrolSampleDevice(kiosk.path, verifier, { clock });
});

afterEach(async () => {
  device.store.database.close();
  await verifier.close();
  kiosk.remove();
  cloud.remove();
});

/** Commits a record that names a nonce as the verifier's and delivers it; the outcome as the verifier words it. */
async function deliver(number: number, nonce: string): Promise<string> {
  const challenge = { kind: 'light', nonce, issuer: 'verifier' } as const;
  expectOk(device.store.records.commit({ ...sampleRecord(number), challenge }));
  const item = expectOk(device.store.outbox.due(50)).find((due) => due.certifyId === sampleCertifyId(number));
  const answer = await device.client.submit([item!], null);
  if (!answer.ok) throw new Error(answer.error.failure.code);
  const [result] = answer.value;
  return result!.outcome === 'rejected' ? `${result!.problem.code} ${result!.problem.detail}` : result!.outcome;
}

async function seedAnswer(number: number): Promise<ChallengeSeed> {
  const answer = await device.client.challengeSeed(sampleCertifyId(number));
  if (!answer.ok) throw new Error(answer.error.failure.detail ?? answer.error.failure.code);
  return answer.value;
}

async function seedFor(number: number): Promise<Uint8Array> {
  return Buffer.from((await seedAnswer(number)).seed, 'base64url');
}

describe("the verifier's part of a challenge", () => {
  it('is 256 fresh bits for one certification, good for two minutes', async () => {
    const first = await seedAnswer(1);
    expect(first).toMatchObject({ certifyId: sampleCertifyId(1), expiresAtMs: NOW_MS + 120_000 });
    expect(Buffer.from(first.seed, 'base64url')).toHaveLength(32);
    expect((await seedAnswer(1)).seed).not.toBe(first.seed);
  });

  it('is known again by the nonce in the record, for that certification only', async () => {
    const nonce = nonceOfSeed(await seedFor(1));
    expect(await deliver(1, nonce)).toBe('accepted');
    expect(await deliver(2, nonce)).toBe('receipt_invalid challenge');
    expect(await deliver(3, 'e'.repeat(32))).toBe('receipt_invalid challenge');
  });

  it('is known to be given after a restart, long after it was', async () => {
    const nonce = nonceOfSeed(await seedFor(1));
    await verifier.close();
    clock.advance(3 * 24 * 3_600_000);
    verifier = await startVerifierInProcess(cloud.path, clock);
    expect(await deliverAgain(nonce)).toBe('accepted');
  });

  it('is given twenty times for one certification and no more', async () => {
    for (let given = 0; given < KV1_LIMITS.challengesPerCertification; given += 1) await seedFor(1);
    const refused = await device.client.challengeSeed(sampleCertifyId(1));
    expect(refused.ok).toBe(false);
    expect((await device.client.challengeSeed(sampleCertifyId(2))).ok).toBe(true);
  });
});

/** Delivers record 1 to the verifier where it runs now. */
async function deliverAgain(nonce: string): Promise<string> {
  device = { ...device, client: createKv1Client({ ...device.clientParts, origin: verifier.address }) };
  return deliver(1, nonce);
}

describe('seeds fetched ahead', () => {
  it('wait for the challenge, are used once, and never make it wait', async () => {
    const asked: string[] = [];
    let expiresAtMs = NOW_MS + 120_000;
    let number = 0;
    const seeds = createChallengeSeeds(clock, async (certifyId) => {
      asked.push(certifyId);
      number += 1;
      return { certifyId, seed: Buffer.alloc(32, number).toString('base64url'), expiresAtMs };
    });
    expect(seeds.take('one')).toBeNull();
    await settled();
    expect(seeds.take('one')?.[0]).toBe(1);
    await settled();
    clock.advance(110_000);
    expect(seeds.take('one')).toBeNull();
    expiresAtMs += 240_000;
    seeds.prefetch('two');
    await settled();
    expect(seeds.take('one')).toBeNull();
    expect(asked).toContain('two');
  });

  it('leave the challenge to the device where the verifier gives none', async () => {
    const seeds = createChallengeSeeds(clock, async () => null);
    seeds.prefetch('one');
    await settled();
    expect(seeds.take('one')).toBeNull();
  });
});

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
