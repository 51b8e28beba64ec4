import type { CheckMaterials, CheckOutcome } from '../../src/shared/domain/verification.ts';
import type { NewCheck } from '../../src/shared/protocol/check-delivery.ts';
import type { SignedDecision } from '../../src/shared/protocol/kv1-sessions.ts';
import { stateOf, type ReasonCode } from '../../src/shared/reasons.ts';
import { SAMPLE_START_MS, sampleCertifyId } from './sample-records.ts';

/** A UUID version 7 that depends on `number` alone and is no certification's. */
export function sampleSessionId(number: number): string {
  return `019caa00-0000-7000-9000-${number.toString(16).padStart(12, '0')}`;
}

export function sampleCheck(number: number, changes: Partial<NewCheck> = {}): NewCheck {
  const orderId = number.toString(36).padStart(32, '0');
  return { sessionId: sampleSessionId(number), check: 'face-authority', orderId, bytes: 1_000, ...changes };
}

/** A name and a number that belong to nobody, and a picture that is none. */
export function sampleMaterials(faceBytes = 64): CheckMaterials {
  return {
    identity: { name: '测试员', number: '11010119900101123X' },
    face: { bytes: new Uint8Array(faceBytes).fill(9), format: 'jpeg', width: 480, height: 640 },
  };
}

export function sampleOutcome(reason: ReasonCode = 'ok.confirmed', changes: Partial<CheckOutcome> = {}): CheckOutcome {
  return {
    state: stateOf(reason),
    reason,
    retry: 'none',
    retryAfterMs: null,
    basis: 'authority',
    scores: [],
    vendor: null,
    ...changes,
  };
}

/** A decision whose signature nobody made. */
export function sampleDecision(number: number, reason: ReasonCode = 'ok.confirmed', revision = 1): SignedDecision {
  const { state, retry, basis, scores, vendor } = sampleOutcome(reason);
  return {
    body: {
      v: 1,
      sessionId: sampleSessionId(number),
      certifyId: sampleCertifyId(number),
      check: 'face-authority',
      revision,
      state,
      reason,
      basis,
      retry,
      scores,
      vendor,
      decidedBy: [],
      artifacts: {},
      decidedAtMs: SAMPLE_START_MS,
      policyVersion: 1,
      eraseAfterMs: SAMPLE_START_MS,
    },
    server: { keyId: 'sample', signature: 'A'.repeat(86) },
  };
}
