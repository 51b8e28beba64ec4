import type {
  Action,
  ChallengeKind,
  ChallengeProgress,
  FramedChallenge,
  LightChallenge,
} from '../../../shared/domain/challenge.ts';
import type { KioskView, ResultView } from '../../../shared/ipc/kiosk-view.ts';
import { REASONS, stateOf, type ReasonCode } from '../../../shared/reasons.ts';
import { reasonShown, type ReasonFixture } from './reason-fixtures.ts';
import { documentShown, DOCUMENTS_SHOWN, isDocumentFixture, type DocumentFixture } from './document-fixtures.ts';
import { OTHER_WAYS_SHOWN } from './other-ways-fixtures.ts';
import { SCHEMES_SHOWN } from './scheme-fixtures.ts';

type Shown = KioskView extends infer V
  ? V extends { screen: infer S }
    ? Omit<V, keyof Base> & { screen: S }
    : never
  : never;
type Base = Omit<Extract<KioskView, { screen: 'guide' }>, 'screen' | 'steps' | 'staffCall' | 'readerForm'>;

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

function position(
  next: ChallengeKind,
  more: Partial<Omit<Extract<KioskView, { screen: 'position' }>, 'screen'>> = {},
): Extract<Shown, { screen: 'position' }> {
  const mayAvoidFlashing = next === 'light';
  return { screen: 'position', hint: null, nameMasked: '样*例', notice: null, next, mayAvoidFlashing, ...more };
}

function challenge(kind: FramedChallenge['kind'], notice: ReasonCode | null = null): Shown {
  return { screen: 'challenge', kind, nonce: '0'.repeat(32), notice };
}

const CONSENT = {
  screen: 'consent',
  purpose: '办理业务前核对身份',
  retentionDays: 1095,
  recipient: '样例市身份核验中心',
} as const;

const SHOWN = {
  attract: { screen: 'attract' },
  guide: { screen: 'guide' },
  consent: CONSENT,
  card: { screen: 'card', phase: 'searching', problem: null },
  'card-reading': { screen: 'card', phase: 'reading', problem: null },
  'card-problem': { screen: 'card', phase: 'searching', problem: 'card.select-failed' },
  position: position('light', { hint: 'too-far' }),
  'position-hold': position('light', { hint: 'hold-still' }),
  'position-dark': position('light', { hint: 'dark', nameMasked: null, mayAvoidFlashing: false }),
  'position-action': position('action', { notice: 'capture.too-bright' }),
  'position-digits': position('digits', { hint: 'off-centre' }),
  'position-silent': position('silent', { notice: 'camera.too-slow', hint: 'too-near' }),
  light: { screen: 'light', challenge: CHALLENGE },
  'action-wait': challenge('action'),
  'action-notice': challenge('action', 'capture.too-few-frames'),
  'action-left': challenge('action'),
  'action-right': challenge('action'),
  'action-blink': challenge('action'),
  'action-mouth': challenge('action'),
  'action-nod': challenge('action'),
  'action-good': challenge('action'),
  'action-ended': challenge('action'),
  'digits-wait': challenge('digits'),
  'digits-notice': challenge('digits', 'capture.too-bright'),
  digits: challenge('digits'),
  'digits-louder': challenge('digits'),
  silent: challenge('silent'),
  deciding: { screen: 'deciding' },
  passed: result('ok.matched'),
  failed: result('face.low-similarity', { clearsInSeconds: 20 }),
  'failed-last': result('liveness.code-mismatch', { mayRetry: false }),
  review: result('face.grey-band', { clearsInSeconds: 20 }),
  'review-guardian': result('document.guardian-needed', { receiptNumber: null, receiptCode: null }),
  error: result('camera.lost', { nameMasked: null }),
  'error-timeout': result('challenge.expired'),
  ...OTHER_WAYS_SHOWN,
  ...DOCUMENTS_SHOWN,
  'error-typing': result('reader.missing', { nameMasked: null, mayType: true }),
  'review-typed': result('document.typed', { clearsInSeconds: 20 }),
  'review-printed': result('document.printed-portrait', { clearsInSeconds: 20 }),
  'other-method': { screen: 'other-method', receiptNumber: '7F3K-92QD' },
  maintenance: { screen: 'maintenance', reason: 'reader.missing' },
  'consent-pictures': { ...CONSENT, retentionDays: 30, keepsPictures: true, keepsClip: true },
  'consent-face': { ...CONSENT, sends: 'face' },
  idle: CONSENT,
  pending: result('verification.pending', { clearsInSeconds: 20 }),
  captured: result('verification.captured', { clearsInSeconds: 20 }),
  live: result('ok.live', { nameMasked: null, provisional: false }),
  approved: result('ok.approved-by-staff', { provisional: false }),
  read: result('ok.read', { provisional: false }),
  'review-use-card': result('source.photo-unusable', { clearsInSeconds: 20, mayUseCard: true, hasOtherWays: true }),
  'failed-ways': result('face.low-similarity', { clearsInSeconds: 20, hasOtherWays: true }),
  'called-attract': { screen: 'attract', staffCall: 'waiting' },
  called: { screen: 'card', phase: 'searching', problem: 'card.select-failed', staffCall: 'waiting' },
  'staff-comes': { screen: 'card', phase: 'searching', problem: 'card.select-failed', staffCall: 'coming' },
  'staff-comes-failed': { ...result('face.low-similarity', { clearsInSeconds: 20 }), staffCall: 'coming' },
  'staff-comes-maintenance': { screen: 'maintenance', reason: 'reader.missing', staffCall: 'coming' },
  'card-slot': { screen: 'card', phase: 'searching', problem: null, readerForm: 'slot' },
  'card-slot-reading': { screen: 'card', phase: 'reading', problem: null, readerForm: 'slot' },
  'card-slot-problem': { screen: 'card', phase: 'searching', problem: 'card.pulled', readerForm: 'slot' },
  'card-slot-again': { screen: 'card', phase: 'searching', problem: 'card.read-failed', readerForm: 'slot' },
  'card-slot-one': { screen: 'card', phase: 'searching', problem: 'card.select-failed', readerForm: 'slot' },
  'card-swipe': { screen: 'card', phase: 'searching', problem: null, readerForm: 'swipe' },
  'card-swipe-reading': { screen: 'card', phase: 'reading', problem: null, readerForm: 'swipe' },
  'card-swipe-problem': { screen: 'card', phase: 'searching', problem: 'card.pulled', readerForm: 'swipe' },
  'card-swipe-again': { screen: 'card', phase: 'searching', problem: 'card.read-failed', readerForm: 'swipe' },
  'card-swipe-one': { screen: 'card', phase: 'searching', problem: 'card.select-failed', readerForm: 'swipe' },
  'error-hand-off': result('handoff.expired', { hasOtherWays: true }),
  ...SCHEMES_SHOWN,
} as const satisfies Record<string, Shown>;

export type FixtureName = keyof typeof SHOWN;
export const FIXTURE_NAMES = Object.keys(SHOWN) as readonly FixtureName[];

/** A fixture by its name, or one of a series by what differs. */
export type AnyFixture = FixtureName | ReasonFixture | DocumentFixture;

export interface FixtureSettings {
  readonly language: KioskView['language'];
  readonly elder: boolean;
  readonly demo: boolean;
  /** Controls stand lower; absent: no. */
  readonly low?: boolean;
}

type ActionProgress = Extract<ChallengeProgress, { kind: 'action' }>;

function acting(action: Action | null, index: number, more: Partial<ActionProgress> = {}): ActionProgress {
  return { kind: 'action', action, index, count: 3, done: 0, hint: null, ended: false, ...more };
}

const PROGRESS: { readonly [Name in AnyFixture]?: ChallengeProgress } = {
  'action-left': acting('turn-left', 0, { done: 0.4 }),
  'action-right': acting('turn-right', 1, { hint: 'again' }),
  'action-blink': acting('blink', 1, { done: 0.7 }),
  'action-mouth': acting('open-mouth', 2, { hint: 'too-far' }),
  'action-nod': acting('nod', 0, { hint: 'several-faces' }),
  'action-good': acting(null, 2, { hint: 'face-forward' }),
  'action-ended': acting(null, 2, { done: 1, ended: true }),
  'digits-notice': { kind: 'digits', shown: '', count: 4, hint: null, ended: false },
  digits: { kind: 'digits', shown: '528', count: 4, hint: null, ended: false },
  'digits-louder': { kind: 'digits', shown: '5289', count: 4, hint: 'louder', ended: false },
  silent: { kind: 'silent', done: 0.45, hint: 'no-face', ended: false },
};

/** How the challenge of a fixture stands; null before its first answer. */
export function fixtureProgress(name: AnyFixture): ChallengeProgress | null {
  return PROGRESS[name] ?? null;
}

function shownFor(name: ReasonFixture | DocumentFixture): Shown {
  if (isDocumentFixture(name)) return documentShown(name);
  const { screen, reason } = reasonShown(name);
  switch (screen) {
    case 'card':
      return { screen, phase: 'searching', problem: reason };
    case 'result':
      return result(reason, { nameMasked: null });
    case 'maintenance':
      return { screen, reason };
  }
}

function isOfSeries(name: AnyFixture): name is ReasonFixture | DocumentFixture {
  return name.includes(':');
}

/** A view of every kind, with synthetic names and numbers. */
export function fixtureView(name: AnyFixture, { language, elder, demo, low }: FixtureSettings): KioskView {
  const shown: Shown = isOfSeries(name) ? shownFor(name) : SHOWN[name];
  return {
    revision: 1,
    siteName: language === 'en' ? 'Citizens Bank · People’s Road' : '市民银行 · 人民路支行',
    sceneName: 'counter',
    language,
    elder,
    certifyId: /^(attract|maintenance|withdrawal-.*)$/.test(shown.screen) ? null : 'fixture',
    idleSecondsLeft: name === 'idle' ? 9 : null,
    demo: demo ? { person: 'a', presentation: 'live', card: 'a' } : null,
    camera: null,
    ...(low ? { low } : {}),
    ...shown,
  };
}
