import { maskName, maskNumber } from '../../../shared/domain/masking.ts';
import { isOpenForReview, reviewActionOf, type ReviewStanding } from '../../../shared/domain/review.ts';
import type { RecordRow } from '../../../shared/ipc/admin.ts';
import type { QueueRow, ReviewCase, ReviewQueue } from '../../../shared/ipc/clerk.ts';
import { stateOf, type ReasonCode } from '../../../shared/reasons.ts';
import type { GalleryCase } from './gallery-case.ts';

/** The gallery's fixed present: 21 November 2026, 14:00 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 21, 14, 0, 0);
export const ZHOU = '0190a000-0000-4000-8000-000000000001';
export const LIN = '0190a000-0000-4000-8000-000000000002';

const REASONS: readonly ReasonCode[] = [
  'face.grey-band',
  'document.photo-not-decoded',
  'face.low-similarity',
  'document.expired',
  'ok.matched',
  'authority.contradicts',
  'user.timed-out',
  'risk.review',
];
const NAMES = ['测试员', '样例', '演示用户', '试样·样例'];
const SCENES = ['counter', 'visa'];
const ROWS = 9;

export function certifyId(index: number): string {
  return `019aa0c0-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

function reasonAt(index: number): ReasonCode {
  return REASONS[index % REASONS.length]!;
}

function nameAt(index: number, which: GalleryCase): string {
  return which === 'long'
    ? maskName('Wolfeschlegelsteinhausenbergerdorff Adolphus Blaine Charles')
    : maskName(NAMES[index % NAMES.length]!);
}

function standingAt(index: number): ReviewStanding {
  const reason = reasonAt(index);
  const staff = index === 4;
  return {
    state: staff ? 'passed' : stateOf(reason),
    settledBy: staff ? 'staff' : null,
    machine: staff ? { state: 'failed', reason: 'face.low-similarity' } : { state: stateOf(reason), reason },
    revision: staff ? 1 : 0,
    receiptHash: 'a1b2c3d4'.repeat(8),
    contradicted: false,
    awaitsVerifier: index === 7,
    identified: stateOf(reason) !== 'error',
    erased: false,
  };
}

export function fixtureQueue(which: GalleryCase, sceneId: string | null, reason: ReasonCode | null): ReviewQueue {
  const rows: readonly QueueRow[] =
    which === 'empty'
      ? []
      : Array.from({ length: ROWS }, (_, at) => ROWS - 1 - at)
          .filter((index) => isOpenForReview(standingAt(index)) && !standingAt(index).awaitsVerifier)
          .map((index) => ({
            certifyId: certifyId(index),
            sceneId: SCENES[index % 2]!,
            startedAtMs: NOW_MS - index * 1_937_000 - 60_000,
            waitingSinceMs: NOW_MS - index * index * 1_937_000 - 40_000,
            reason: reasonAt(index),
            nameMasked: nameAt(index, which),
            numberMasked: maskNumber(`11010119900307${1000 + index}`),
            simulated: index === 0,
          }));
  const shown = rows.filter(
    (row) => (sceneId === null || row.sceneId === sceneId) && (reason === null || row.reason === reason),
  );
  const counted = <K extends string>(keys: readonly K[]): readonly (readonly [K, number])[] =>
    [...new Set(keys)].map((key) => [key, keys.filter((one) => one === key).length]);
  return {
    total: shown.length,
    rows: shown,
    scenes: counted(rows.map((row) => row.sceneId)).map(([id, count]) => ({ sceneId: id, count })),
    reasons: counted(rows.map((row) => row.reason)).map(([code, count]) => ({ reason: code, count })),
  };
}

export function fixtureRows(which: GalleryCase): readonly RecordRow[] {
  if (which === 'empty') return [];
  return Array.from({ length: ROWS }, (_, index) => {
    const { state, settledBy, identified, machine } = standingAt(index);
    return {
      certifyId: certifyId(index),
      startedAtMs: NOW_MS - index * 1_937_000 - 60_000,
      sceneId: SCENES[index % 2]!,
      state,
      reason: settledBy === 'staff' ? 'ok.approved-by-staff' : machine.reason,
      nameMasked: identified ? nameAt(index, which) : null,
      numberMasked: identified ? maskNumber(`11010119900307${1000 + index}`) : null,
      provisional: false,
      countersigned: true,
      simulated: index === 0,
      ...(settledBy === null ? {} : { settledBy }),
    };
  });
}

/** A record with what was decided about it. */
export function fixtureCase(id: string, which: GalleryCase, mayAct: boolean): ReviewCase {
  const index = Number(id.slice(-4));
  const standing = standingAt(index);
  const action = reviewActionOf(standing);
  const startedAtMs = NOW_MS - index * 1_937_000 - 60_000;
  const byStaff = standing.settledBy === 'staff';
  const review = {
    revision: 1,
    decision: 'approved',
    state: 'passed',
    outcomeReason: 'ok.approved-by-staff',
    reason: 'old-portrait',
    note: '证件照片是九年前拍的，当面核对五官与口音，并核对了户口簿原件。',
    override: true,
    staffId: ZHOU,
    secondStaffId: LIN,
    receiptHash: standing.receiptHash,
    decidedAtMs: startedAtMs + 600_000,
  } as const;
  return {
    detail: {
      record: {
        version: 1,
        certifyId: id,
        sceneId: SCENES[index % 2]!,
        scheme: 'CounterCard',
        startedAtMs,
        decidedAtMs: startedAtMs + 11_400,
        verdict: {
          state: stateOf(standing.machine.reason),
          reason: standing.machine.reason,
          basis: 'chip',
          provisional: false,
        },
        consent: { capture: true, transmit: true, version: '2', givenAtMs: startedAtMs },
        subject: standing.identified
          ? {
              nameMasked: nameAt(index, which),
              numberMasked: maskNumber(`11010119900307${1000 + index}`),
              subjectKey: 'ab'.repeat(32),
            }
          : null,
        document: { kind: 'resident', portrait: 'decoded' },
        challenge: { kind: 'light', nonce: '0123456789abcdef'.repeat(2), issuer: 'device' },
        liveness: {
          verdict: 'live',
          reasons: [],
          codeCorrelation: 0.91,
          lagMs: 62,
          spoofMedian: 0.97,
          spoofFrames: 18,
          continuity: 0.84,
          lightFrames: 122,
        },
        comparison: { similarity: 0.41, score: 71.3, far: 1e-4, kind: 'live-chip', outcome: 'grey' },
        devices: { camera: 'HD Pro Webcam', reader: null },
        simulated: index === 0,
        stagesMs: { card: 1_900, liveness: 5_200 },
        appVersion: '0.1.0',
      },
      receipt: {
        body: {
          v: 1,
          certifyId: id,
          deviceId: 'dev-7Q4K2',
          seq: index + 1,
          prevReceiptHash: '00'.repeat(32),
          sceneId: 'counter',
          scheme: 'CounterCard',
          challenge: null,
          recordHash: '11'.repeat(32),
          state: standing.machine.state,
          basis: 'chip',
          reason: standing.machine.reason,
          simulated: false,
          decidedAtMs: startedAtMs + 11_400,
          eraseAfterMs: NOW_MS + 1_000_000_000,
        },
        device: { keyId: 'k', signature: 'x'.repeat(86) },
      },
      receiptHash: standing.receiptHash,
      countersignature: null,
      verification: null,
      ...(byStaff ? { settled: { by: 'staff', state: 'passed', reason: 'ok.approved-by-staff' } as const } : {}),
    },
    sceneName: index % 2 === 0 ? '柜台核验' : '签证面谈',
    standing,
    reviews: byStaff
      ? [{ ...review, staffName: '周敏', secondStaffName: '林岚', delivery: { state: 'delivered', atMs: NOW_MS } }]
      : [],
    action,
    mayAct: mayAct && action !== 'none',
    secondPerson: action === 'override' || which === 'two-persons',
    hasEvidence: index % 3 !== 1,
  };
}
