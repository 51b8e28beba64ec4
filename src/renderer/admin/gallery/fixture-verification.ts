import type { RecordRow } from '../../../shared/ipc/admin.ts';
import type { KeptDecision, VerificationDetail } from '../../../shared/protocol/check-queue.ts';

/** What the verifier said about a passed record of the gallery: most are confirmed, every fourth is contradicted. */
export function fixtureVerification(row: RecordRow, index: number): VerificationDetail | null {
  if (row.state !== 'passed') return null;
  const contradicted = !row.provisional && index % 4 === 3;
  const decision: KeptDecision = {
    revision: 1,
    effect: contradicted ? 'contradicts' : 'confirms',
    outcome: {
      state: contradicted ? 'failed' : 'passed',
      reason: contradicted ? 'face.low-similarity' : 'ok.confirmed',
      retry: 'none',
      retryAfterMs: null,
      basis: 'authority',
      scores: [{ kind: 'authority', value: contradicted ? 41.2 : 93.6, scale: 100, threshold: 70 }],
      vendor: {
        name: 'aliyun',
        operation: 'ContrastFaceVerify',
        code: contradicted ? '204' : '200',
        message: '',
        requestId: '7D2C0F61-2B1F-5B6A-9C1B-1F0F7B6C2A11',
        billed: true,
      },
    },
    decision: null,
    keptAtMs: row.startedAtMs + 6_400,
  };
  return {
    check: {
      certifyId: row.certifyId,
      sessionId: row.certifyId,
      check: 'face-authority',
      orderId: '3f9a1c0b7d2e4f5a8b6c1d0e9f8a7b6c',
      bytes: 182_000,
      state: row.provisional ? 'submitted' : 'erased',
      priority: 'live',
      queuedAtMs: row.startedAtMs + 4_000,
      attempts: 1,
      reference: null,
      refusedDay: null,
      lastFailure: null,
      outcome: null,
      clerk: null,
      closed: null,
    },
    decisions: row.provisional ? [] : [decision],
    needsReview: contradicted,
  };
}
