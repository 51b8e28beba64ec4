import type { CertificationRecord } from '../../src/shared/domain/certification.ts';
import { REASONS, type ReasonCode } from '../../src/shared/reasons.ts';

/** 2026-03-02 09:00 UTC. */
export const SAMPLE_START_MS = Date.UTC(2026, 2, 2, 9);

/** A UUID version 7 that depends on `number` alone. */
export function sampleCertifyId(number: number): string {
  return `019caa00-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A synthetic record of a certification that was decided on the device and may be sent. */
export function sampleRecord(
  number: number,
  reason: ReasonCode = 'ok.matched',
  changes: Partial<CertificationRecord> = {},
): CertificationRecord {
  const startedAtMs = SAMPLE_START_MS + number * 1_000;
  return {
    version: 1,
    certifyId: sampleCertifyId(number),
    sceneId: 'counter',
    scheme: 'CounterCard',
    startedAtMs,
    decidedAtMs: startedAtMs + 4_000,
    verdict: { state: REASONS[reason].state, reason, basis: 'chip', provisional: true },
    consent: { capture: true, transmit: true, version: '1', givenAtMs: startedAtMs },
    subject: { nameMasked: '测*员', numberMasked: '110***********1234', subjectKey: 'ab'.repeat(32) },
    document: { kind: 'resident', portrait: 'decoded' },
    challenge: { kind: 'light', nonce: '0123456789abcdef'.repeat(2), issuer: 'device' },
    liveness: null,
    comparison: { similarity: 0.61, score: 93.5, far: 1e-4, kind: 'live-chip', outcome: 'match' },
    devices: { camera: 'sample camera', reader: 'sample reader' },
    simulated: true,
    stagesMs: { card: 1_200, liveness: 2_600.5, commit: 4 },
    appVersion: '0.1.0',
    ...changes,
  };
}
