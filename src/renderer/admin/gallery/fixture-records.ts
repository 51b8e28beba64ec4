import { maskName, maskNumber } from '../../../shared/domain/masking.ts';
import { fixtureVerification } from './fixture-verification.ts';
import type { RecordDetail, RecordRow } from '../../../shared/ipc/admin.ts';
import { stateOf, type ReasonCode } from '../../../shared/reasons.ts';

/** The gallery's fixed present: 21 November 2026, 14:00 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 21, 14, 0, 0);

const REASON_CYCLE: readonly ReasonCode[] = [
  'ok.matched',
  'ok.matched',
  'ok.matched',
  'face.grey-band',
  'ok.matched',
  'face.low-similarity',
  'ok.matched',
  'card.pulled',
  'ok.matched',
  'liveness.code-mismatch',
];
const NAMES = ['测试员', '样例', '演示用户', 'Sample Person', '试样·样例'];

function certifyId(index: number): string {
  return `019aa0c0-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

/** One synthetic row; the higher the index, the older. */
export function fixtureRow(index: number): RecordRow {
  const reason = REASON_CYCLE[index % REASON_CYCLE.length] ?? 'ok.matched';
  const state = stateOf(reason);
  const named = state !== 'error';
  return {
    certifyId: certifyId(index),
    startedAtMs: NOW_MS - 60_000 - index * 437_000,
    sceneId: 'counter',
    state,
    reason,
    nameMasked: named ? maskName(NAMES[index % NAMES.length] ?? '') : null,
    numberMasked: named ? maskNumber(`11010119900307${String(1000 + index)}`) : null,
    provisional: index < 3,
    countersigned: index >= 3,
    simulated: index % 13 === 12,
  };
}

export const FIXTURE_ROWS: readonly RecordRow[] = Array.from({ length: 312 }, (_, index) => fixtureRow(index));

function recordOf(row: RecordRow): RecordDetail['record'] {
  const reached = row.state !== 'error';
  return {
    version: 1,
    certifyId: row.certifyId,
    sceneId: row.sceneId,
    scheme: 'CounterCard',
    startedAtMs: row.startedAtMs,
    decidedAtMs: row.startedAtMs + 11_400,
    verdict: {
      state: row.state,
      reason: row.reason as ReasonCode,
      basis: reached ? 'chip' : 'local',
      provisional: row.provisional,
    },
    consent: { capture: true, transmit: true, version: '2026-10', givenAtMs: row.startedAtMs },
    ...extrasOf(row),
    subject: reached
      ? { nameMasked: row.nameMasked ?? '*', numberMasked: row.numberMasked ?? '*', subjectKey: 'ab'.repeat(32) }
      : null,
    document: reached ? { kind: 'resident', portrait: 'decoded' } : null,
    challenge: reached ? { kind: 'light', nonce: '5c'.repeat(16), issuer: 'device' } : null,
    liveness: reached
      ? {
          verdict: 'live',
          reasons: [],
          codeCorrelation: 0.968,
          lagMs: 117,
          spoofMedian: 0.981,
          spoofFrames: 12,
          continuity: 0.871,
          lightFrames: 84,
        }
      : null,
    comparison: reached
      ? {
          similarity: 0.612,
          score: 93.4,
          far: 1e-4,
          kind: 'live-chip',
          outcome: row.state === 'review' ? 'grey' : 'match',
        }
      : null,
    devices: { camera: 'HD Pro Webcam', reader: '05.03-20260101-0000000042-0000000007' },
    simulated: row.simulated,
    stagesMs: reached
      ? { consent: 3200, card: 1840, position: 2100, liveness: 2950, decision: 118, commit: 9 }
      : { consent: 2900, card: 700 },
    appVersion: '0.1.0',
  };
}

/** Every fourth record was asked for by a caller, and took another way. */
function extrasOf(row: RecordRow): Partial<RecordDetail['record']> {
  if (FIXTURE_ROWS.indexOf(row) % 4 !== 3) return {};
  return {
    consent: {
      capture: true,
      transmit: true,
      version: '2026-11',
      givenAtMs: row.startedAtMs,
      textHash: 'e4'.repeat(32),
      returnFace: true,
      guardian: { nameMasked: '测**', numberMasked: '110***********2000' },
    },
    order: { orderId: 'ORD-20261121-4117', requestId: '019aa0c0-0000-7000-8000-000000009003' },
    follows: '019aa0c0-0000-7000-8000-000000000004',
    fallback: { from: 'CounterCard', method: 'phone-hand-off' },
    handOff: { page: 'countersign', handOffId: 'hand-off-0001', outcome: null },
    returnedFace: { sha256: 'b7'.repeat(32), bytes: 148_213 },
    risk: [{ rule: 'person-attempts', kind: 'person-attempts', effect: 'review', measured: 6, limit: 5 }],
  };
}

/** The whole record behind a row. */
export function fixtureDetail(row: RecordRow): RecordDetail {
  const record = recordOf(row);
  return {
    record,
    receiptHash: '4f1d9c3e7a'.repeat(7).slice(0, 64),
    receipt: {
      body: {
        v: 1,
        certifyId: row.certifyId,
        deviceId: 'dev-7Q4K2',
        seq: 4127,
        prevReceiptHash: 'c0'.repeat(32),
        sceneId: row.sceneId,
        scheme: 'CounterCard',
        challenge: record.challenge,
        recordHash: '9e'.repeat(32),
        state: row.state,
        basis: record.verdict.basis,
        reason: record.verdict.reason,
        simulated: row.simulated,
        decidedAtMs: record.decidedAtMs,
        eraseAfterMs: record.decidedAtMs + 1095 * 86_400_000,
      },
      device: { keyId: 'dev-7Q4K2#1', signature: 'A'.repeat(86) },
    },
    countersignature: row.provisional
      ? null
      : {
          certifyId: row.certifyId,
          acceptedAtMs: record.decidedAtMs + 900,
          server: { keyId: 'srv-2026', signature: 'B'.repeat(86) },
        },
    verification: fixtureVerification(row, FIXTURE_ROWS.indexOf(row)),
  };
}
