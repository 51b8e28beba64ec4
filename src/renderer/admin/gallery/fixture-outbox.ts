import { CONFIRMATION_CHECKS } from '../../../shared/domain/scene.ts';
import type {
  DirectVerifierView,
  OfferedConfirmation,
  OutboxItemView,
  OutboxView,
} from '../../../shared/ipc/admin-outbox.ts';
import { failure } from '../../../shared/reasons.ts';
import { NOW_MS } from './fixture-records.ts';

const HOUR_MS = 3_600_000;
const CAPS = { maxCount: 500, maxAgeMs: 72 * HOUR_MS, maxBytes: 2_000_000_000 } as const;

function id(last: number): string {
  return `019caa00-0000-7000-8000-${String(last).padStart(12, '0')}`;
}

const QUEUED: readonly OutboxItemView[] = [0, 1, 2].map((index) => ({
  lane: index === 2 ? 'checks' : 'records',
  certifyId: id(412_077 + index),
  state: index === 2 ? 'uploading' : 'queued',
  check: index === 2 ? 'face-authority' : null,
  queuedAtMs: NOW_MS - 40_000 + index * 9_000,
  attempts: 0,
  bytes: index === 2 ? 182_000 : 4_100,
  lastFailure: null,
}));

const NEEDS_SOMEBODY: readonly OutboxItemView[] = [
  {
    lane: 'checks',
    certifyId: id(411_902),
    state: 'unknown',
    check: 'face-authority',
    queuedAtMs: NOW_MS - 5 * HOUR_MS,
    attempts: 1,
    bytes: 191_000,
    lastFailure: failure('outcome.unknown', 'ContrastFaceVerify · timeout'),
  },
  {
    lane: 'records',
    certifyId: id(411_960),
    state: 'stopped',
    check: null,
    queuedAtMs: NOW_MS - 4 * HOUR_MS,
    attempts: 2,
    bytes: 4_300,
    lastFailure: failure('verifier.refused', 'receipt_invalid'),
  },
  {
    lane: 'checks',
    certifyId: id(411_971),
    state: 'stopped',
    check: 'identity',
    queuedAtMs: NOW_MS - 4 * HOUR_MS,
    attempts: 1,
    bytes: 900,
    lastFailure: failure('verifier.not-paid', 'Arrears'),
  },
];

const NORMAL: OutboxView = {
  enrolled: true,
  paused: false,
  lanes: [
    { lane: 'records', waiting: 2, stopped: 0, unknown: 0, bytes: 8_200, oldestAtMs: NOW_MS - 40_000 },
    { lane: 'checks', waiting: 1, stopped: 0, unknown: 0, bytes: 182_000, oldestAtMs: NOW_MS - 22_000 },
  ],
  decisions: { waiting: 1, stopped: 0, bytes: 610, oldestAtMs: NOW_MS - 31_000, lastFailure: null },
  certifications: 3,
  caps: CAPS,
  refusal: null,
  breaker: { state: 'closed', probeAtMs: null },
  clockOffsetMs: -340,
  nextTryAtMs: NOW_MS + 2_000,
  lastSyncAtMs: NOW_MS - 12_000,
  lastFailure: null,
  items: QUEUED,
};

/** The outbox of the gallery: a little on its way, nothing at all, or a long outage. */
export function fixtureOutbox(which: string): OutboxView {
  if (which === 'empty') {
    const lanes = NORMAL.lanes.map((lane) => ({ ...lane, waiting: 0, bytes: 0, oldestAtMs: null }));
    return {
      ...NORMAL,
      enrolled: false,
      lanes,
      decisions: null,
      certifications: 0,
      clockOffsetMs: null,
      nextTryAtMs: null,
      lastSyncAtMs: null,
      items: [],
    };
  }
  if (which !== 'troubled') return NORMAL;
  return {
    ...NORMAL,
    lanes: [
      { lane: 'records', waiting: 441, stopped: 1, unknown: 0, bytes: 1_830_000, oldestAtMs: NOW_MS - 71 * HOUR_MS },
      { lane: 'checks', waiting: 56, stopped: 1, unknown: 1, bytes: 10_400_000, oldestAtMs: NOW_MS - 70 * HOUR_MS },
    ],
    decisions: {
      waiting: 7,
      stopped: 2,
      bytes: 5_500,
      oldestAtMs: NOW_MS - 6 * HOUR_MS,
      lastFailure: failure('verifier.refused', 'wrong_record'),
    },
    certifications: 500,
    refusal: failure('outbox.full', '500 of 500'),
    breaker: { state: 'open', probeAtMs: NOW_MS + 24_000 },
    clockOffsetMs: 74_000,
    nextTryAtMs: NOW_MS + 24_000,
    lastSyncAtMs: NOW_MS - 71 * HOUR_MS,
    lastFailure: failure('verifier.unreachable', 'ECONNREFUSED'),
    items: [...NEEDS_SOMEBODY, ...QUEUED],
  };
}

/** What the verifier of the gallery answers. */
export function fixtureConfirmations(which: string): readonly OfferedConfirmation[] {
  return CONFIRMATION_CHECKS.map((check) => {
    if (which === 'empty') return { check, servedBy: null, refusal: failure('verifier.not-enrolled') };
    return check === 'video-authority'
      ? { check, servedBy: null, refusal: failure('capture.clip-unavailable', 'no program to encode it with') }
      : { check, servedBy: check === 'face-retained' ? 'countersign' : 'aliyun', refusal: null };
  });
}

/** A terminal that asks nobody by itself; Aliyun, with a scene but without keys; the same once they are saved. */
export function fixtureDirectVerifier(
  which: string,
  saved?: { readonly setting: DirectVerifierView['setting'] },
): DirectVerifierView {
  if (saved === undefined && which !== 'troubled') return { setting: null, keysKept: false, checks: [], failure: null };
  const setting = saved ? saved.setting : ({ vendor: 'aliyun', scenes: { ID_MIN: 1_000_001 } } as const);
  if (setting === null) return { setting, keysKept: false, checks: [], failure: null };
  if (saved === undefined)
    return { setting, keysKept: false, checks: [], failure: failure('verifier.misconfigured', 'the keys are missing') };
  return { setting, keysKept: true, checks: setting.vendor === 'uni' ? [] : ANSWERED, failure: null };
}

const ANSWERED: DirectVerifierView['checks'] = [
  { check: 'face-authority', operation: 'ContrastFaceVerify' },
  { check: 'identity', operation: 'Id2MetaVerify' },
  { check: 'identity-period', operation: 'Id2MetaPeriodVerify' },
  { check: 'phone', operation: 'Mobile3MetaSimpleVerify' },
  { check: 'bank-card-phone', operation: 'BankMetaVerify' },
  { check: 'fake-face', operation: 'DeepfakeDetect' },
];
