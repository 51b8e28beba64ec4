import { describe, expect, it } from 'vitest';
import type { CertificationRecord, ChallengeAttempt } from '../../../src/shared/domain/certification.ts';
import type { Submission } from '../../../src/shared/protocol/kv1.ts';
import type { GivenNonce } from '../../../src/verifier/challenge-desk.ts';
import { challengeFault, noncesOf } from '../../../src/verifier/challenge-rules.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';

const NOW_MS = SAMPLE_START_MS + 3_600_000;
const device = { deviceId: 'dev_1', keyId: 'dev_1:k1', publicKeyX: 'x', keys: [], revoked: false };
const [A, B] = ['a'.repeat(32), 'b'.repeat(32)];

const attempt = (nonce: string): ChallengeAttempt => ({
  kind: 'light',
  nonce,
  verdict: 'undecided',
  reasons: [],
  measures: {},
});

const challenge = (nonce: string, issuer: 'device' | 'verifier') => ({ kind: 'light', nonce, issuer }) as const;

function given(nonce: string, changes: Partial<GivenNonce> = {}): GivenNonce {
  const certifyId = sampleCertifyId(1);
  return { nonce, deviceId: device.deviceId, certifyId, issuedAtMs: SAMPLE_START_MS, ...changes };
}

function faultOf(changes: Partial<CertificationRecord>, known: readonly GivenNonce[]): string | null {
  const record = sampleRecord(1, 'ok.matched', changes);
  const submission = { certifyId: record.certifyId, record } as Submission;
  return challengeFault(submission, device, known, NOW_MS);
}

describe('the challenges of a record', () => {
  it('are named once each', () => {
    const record = sampleRecord(1, 'ok.matched', {
      challenge: challenge(A, 'device'),
      attempts: [attempt(B), attempt(A)],
    });
    expect(noncesOf(record)).toEqual([A, B]);
    expect(noncesOf(sampleRecord(1, 'ok.matched', { challenge: null }))).toEqual([]);
  });

  const late = { startedAtMs: SAMPLE_START_MS + 420_001, decidedAtMs: SAMPLE_START_MS + 430_000 };
  it.each<[string, Partial<CertificationRecord>, readonly GivenNonce[], string | null]>([
    ['none', { challenge: null }, [], null],
    ["the device's own", { challenge: challenge(A, 'device') }, [], null],
    ["the verifier's", { challenge: challenge(A, 'verifier') }, [given(A)], null],
    [
      "the verifier's after one of the device's",
      { challenge: challenge(A, 'verifier'), attempts: [attempt(B), attempt(A)] },
      [given(A)],
      null,
    ],
    ['one that was never given', { challenge: challenge(A, 'verifier') }, [], 'challenge'],
    ['one of another device', { challenge: challenge(A, 'verifier') }, [given(A, { deviceId: 'dev_2' })], 'challenge'],
    [
      'one of another certification',
      { challenge: challenge(A, 'verifier') },
      [given(A, { certifyId: sampleCertifyId(2) })],
      'challenge',
    ],
    ["the verifier's, passed off as the device's", { challenge: challenge(A, 'device') }, [given(A)], 'challenge'],
    ['another device’s among the tries', { attempts: [attempt(B)] }, [given(B, { deviceId: 'dev_2' })], 'attempts'],
    [
      'one that was tried twice',
      { challenge: challenge(A, 'verifier'), attempts: [attempt(A), attempt(A)] },
      [given(A)],
      'attempts',
    ],
    ['one that began after its time', { challenge: challenge(A, 'verifier'), ...late }, [given(A)], 'challenge-late'],
    [
      'one that began as late as clocks may differ',
      { challenge: challenge(A, 'verifier'), ...late, startedAtMs: SAMPLE_START_MS + 420_000 },
      [given(A)],
      null,
    ],
    [
      'one after a long consent',
      { challenge: challenge(A, 'verifier'), decidedAtMs: SAMPLE_START_MS + 430_000, stagesMs: { consent: 420_000 } },
      [given(A)],
      'challenge-late',
    ],
    [
      'one under a clock that runs ahead',
      { challenge: challenge(A, 'verifier'), startedAtMs: NOW_MS + 300_000, decidedAtMs: NOW_MS + 300_001 },
      [given(A)],
      null,
    ],
  ])('%s', (_what, changes, known, fault) => {
    expect(faultOf(changes, known)).toBe(fault);
  });
});
