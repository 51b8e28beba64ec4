import type { LightChallenge } from '../../../shared/domain/challenge.ts';
import type { KioskView, ResultView } from '../../../shared/ipc/kiosk.ts';
import { REASONS, stateOf, type ReasonCode } from '../../../shared/reasons.ts';

type Shown = KioskView extends infer V
  ? V extends { screen: infer S }
    ? Omit<V, keyof Base> & { screen: S }
    : never
  : never;
type Base = Omit<Extract<KioskView, { screen: 'attract' }>, 'screen'>;

const CHALLENGE: LightChallenge = {
  kind: 'light',
  nonce: '0'.repeat(32),
  colours: [{ rgb: [0, 255, 255], startMs: 250, durationMs: 2_000 }],
  leadInMs: 250,
  tailMs: 200,
};

function result(reason: ReasonCode, more: Partial<ResultView> = {}): Shown {
  const state = stateOf(reason);
  return {
    screen: 'result',
    result: {
      state,
      reason,
      next: REASONS[reason].next,
      nameMasked: '样*例',
      receiptNumber: '7F3K-92QD',
      receiptCode: 'countersign:1:01890a5d-ac96-774b-bcce-b302099a8057:7f3b92c1d04e55aa',
      provisional: state === 'passed',
      clearsInSeconds: 8,
      mayRetry: state === 'failed' || state === 'error',
      ...more,
    },
  };
}

const SHOWN = {
  attract: { screen: 'attract' },
  guide: { screen: 'guide' },
  consent: { screen: 'consent', purpose: '办理业务前核对身份', retentionDays: 1095 },
  card: { screen: 'card', phase: 'searching', problem: null },
  'card-reading': { screen: 'card', phase: 'reading', problem: null },
  'card-problem': { screen: 'card', phase: 'searching', problem: 'card.select-failed' },
  position: {
    screen: 'position',
    hint: 'too-far',
    nameMasked: '样*例',
    next: 'light',
    notice: null,
    mayAvoidFlashing: true,
  },
  'position-hold': {
    screen: 'position',
    hint: 'hold-still',
    nameMasked: '样*例',
    next: 'light',
    notice: null,
    mayAvoidFlashing: true,
  },
  'position-dark': {
    screen: 'position',
    hint: 'dark',
    nameMasked: null,
    next: 'light',
    notice: null,
    mayAvoidFlashing: true,
  },
  light: { screen: 'light', challenge: CHALLENGE },
  deciding: { screen: 'deciding' },
  passed: result('ok.matched'),
  failed: result('face.low-similarity', { clearsInSeconds: 20 }),
  'failed-last': result('liveness.code-mismatch', { mayRetry: false }),
  review: result('face.grey-band', { clearsInSeconds: 20 }),
  'review-guardian': result('document.guardian-needed', { receiptNumber: null, receiptCode: null }),
  error: result('camera.lost', { nameMasked: null }),
  'error-timeout': result('challenge.expired'),
  'other-method': { screen: 'other-method', receiptNumber: '7F3K-92QD' },
  maintenance: { screen: 'maintenance', reason: 'reader.missing' },
  idle: { screen: 'consent', purpose: '办理业务前核对身份', retentionDays: 30 },
} as const satisfies Record<string, Shown>;

export type FixtureName = keyof typeof SHOWN;
export const FIXTURE_NAMES = Object.keys(SHOWN) as readonly FixtureName[];

export interface FixtureSettings {
  readonly language: KioskView['language'];
  readonly elder: boolean;
  readonly demo: boolean;
}

/** A view of every kind, with synthetic names and numbers. */
export function fixtureView(name: FixtureName, { language, elder, demo }: FixtureSettings): KioskView {
  const shown: Shown = SHOWN[name];
  return {
    revision: 1,
    siteName: language === 'en' ? 'Citizens Bank · People’s Road' : '市民银行 · 人民路支行',
    sceneName: 'counter',
    language,
    elder,
    certifyId: shown.screen === 'attract' || shown.screen === 'maintenance' ? null : 'fixture',
    idleSecondsLeft: name === 'idle' ? 9 : null,
    demo: demo ? { person: 'a', presentation: 'live', card: 'a' } : null,
    camera: null,
    ...shown,
  };
}
