import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import type { Challenge, ChallengeProgress } from '../../../src/shared/domain/challenge.ts';
import type { QualityLimits } from '../../../src/shared/domain/face-quality.ts';
import { NO_RISK } from '../../../src/shared/domain/risk.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import type { CameraReport } from '../../../src/shared/ipc/kiosk-capture.ts';
import type { KioskView } from '../../../src/shared/ipc/kiosk-view.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import type { IdentityDocument } from '../../../src/shared/domain/document.ts';
import type { CameraGate } from '../../../src/main/certification/ports/camera-gate.ts';
import type { CardReader, ChipReading } from '../../../src/main/certification/ports/readers.ts';
import type { DocumentInference } from '../../../src/main/certification/ports/document-inference.ts';
import type { ConfirmationDesk } from '../../../src/main/certification/ports/verifier.ts';
import type { EvidenceKeeper } from '../../../src/main/certification/ports/evidence-keeper.ts';
import type { FaceInference } from '../../../src/main/certification/ports/face-inference.ts';
import type { FaceReturnDesk } from '../../../src/main/certification/ports/face-return-desk.ts';
import type { HandOffDesk } from '../../../src/main/certification/ports/hand-off-desk.ts';
import type { RequestDesk } from '../../../src/main/certification/ports/request-desk.ts';
import type { RiskDesk } from '../../../src/main/certification/ports/risk-desk.ts';
import type { SubjectDesk } from '../../../src/main/certification/ports/subject-desk.ts';
import type {
  CertificationDependencies,
  KioskConfiguration,
} from '../../../src/main/certification/service-contract.ts';
import { createCertificationService } from '../../../src/main/certification/service.ts';
import { CERTIFY_ID, liveness, sampleAttempt, sampleChallenge, sampleCommitted, sampleDocument } from './samples.ts';

/** Time that stands still until it is told to go on; timers run when it passes them. */
export function manualTime() {
  let nowMs = 1000;
  let timers: { atMs: number; run: () => void }[] = [];
  return {
    clock: { wallMs: () => 1_700_000_000_000 + nowMs, monotonicMs: () => nowMs },
    startTimer: (run: () => void, delayMs: number) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    async pass(ms: number): Promise<void> {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
        await settled();
      }
      nowMs = untilMs;
    },
  };
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export const jpeg = new Uint8Array([1]);
export const guide = { faces: 1, box: { x: 0.4, y: 0.3, width: 0.2, height: 0.4 }, hint: null, ready: true } as const;

export const progress: ChallengeProgress = {
  kind: 'action',
  action: 'blink',
  index: 0,
  count: 1,
  done: 0.5,
  hint: null,
  ended: false,
};

export function judgement(verdict: 'live' | 'spoof' | 'undecided') {
  const summary = liveness(verdict);
  return { liveness: summary, attempt: sampleAttempt(summary) };
}

/** A camera that nothing speaks against and that has no exposure to be set. */
export const openGate: CameraGate = {
  examine: async () => ok({ calibration: null, signs: ['no-controls'] }),
  beginTrial: () => ({
    plan: { nonce: 'd'.repeat(32), framesBefore: 8, factor: 0.7, framesHeld: 3, framesAfter: 8 },
    see: () => undefined,
    judge: () => ({ outcome: 'not-offered', refusal: null }),
  }),
  watchFrames: () => ({ see: () => undefined, evidence: () => ({ signs: [] }) }),
};
export const notOffered = { outcome: 'not-offered', nonce: 'd'.repeat(32) } as const;

export function ready(label: string, width = 640, height = 480): CameraReport {
  const opened = { label, labels: [label], fingerprint: null };
  return { type: 'ready', label, width, height, opened, screen: { width: 1080, height: 1920 } };
}

export interface Changes {
  readonly challenge?: Challenge;
  readonly read?: Result<IdentityDocument, Failure>;
  readonly inference?: Partial<FaceInference>;
  readonly documents?: Partial<DocumentInference>;
  readonly readChip?: ChipReading['read'];
  readonly configuration?: Partial<KioskConfiguration>;
  readonly commit?: CertificationDependencies['store']['commit'];
  readonly online?: boolean;
  /** Waited for before a card is read. */
  readonly waitForCard?: Promise<unknown>;
  readonly presence?: CardReader['presence'];
  readonly confirmation?: Partial<ConfirmationDesk>;
  readonly evidence?: EvidenceKeeper;
  readonly camera?: Partial<CameraGate>;
  readonly today?: () => string;
  readonly wallMs?: () => number;
  readonly readCard?: CardReader['read'];
  readonly risk?: Partial<RiskDesk>;
  readonly requests?: Partial<RequestDesk>;
  readonly handOffs?: Partial<HandOffDesk>;
  readonly subjects?: Partial<SubjectDesk>;
  readonly faceReturns?: Partial<FaceReturnDesk>;
}

export function kiosk(changes: Changes = {}) {
  const time = manualTime();
  const records: CertificationRecord[] = [];
  const wiped: string[] = [];
  const asked: QualityLimits[] = [];
  const cardReader: CardReader = {
    read: async (...asked) => {
      await changes.waitForCard;
      if (changes.readCard) return changes.readCard(...asked);
      return changes.read ?? ok(sampleDocument);
    },
    isOccupied: async () => false,
    presence: changes.presence ?? (async () => 'same'),
    identity: () => 'sam',
  };
  const inference: FaceInference = {
    openCapture: async (_, limits) => {
      asked.push(limits);
      return ok(null);
    },
    closeCapture: async (id) => {
      wiped.push(id);
      return ok(null);
    },
    guide: async () => ok(guide),
    addEvidence: async () => ok({ accepted: true }),
    addLightFrame: async () => ok(null),
    judge: async () => ok(judgement('live')),
    beginChallenge: async () => ok(null),
    challengeFrame: async () => ok(progress),
    challengeAudio: async () => ok(null),
    findCardPortrait: async () => ok({ hint: null, progress: 0, portrait: null }),
    compare: async () => ok({ similarity: 0.6, score: 92, far: 1e-4, kind: 'live-chip', outcome: 'match' }),
    ...changes.inference,
  };
  let made = 0;
  const service = createCertificationService({
    clock: changes.wallMs ? { ...time.clock, wallMs: changes.wallMs } : time.clock,
    startTimer: time.startTimer,
    newCertifyId: () => CERTIFY_ID.replace(/.$/, String((made += 1) % 10)),
    today: changes.today ?? (() => '2026-11-21'),
    isNumberValid: () => true,
    cardReader,
    inference,
    documents: {
      watch: async () => ok({ outline: null, hint: 'no-card', progress: 0, take: false }),
      endWatch: async () => ok(null),
      read: async () => err(failure('document.no-card')),
      ...changes.documents,
    },
    chips: { read: changes.readChip ?? (async () => err(failure('chip.reader-missing'))) },
    challenges: { issue: () => changes.challenge ?? sampleChallenge },
    store: {
      commit:
        changes.commit ??
        ((record) => {
          records.push(record);
          return ok(sampleCommitted);
        }),
      subjectKey: () => 'c'.repeat(64),
    },
    verifier: { online: () => changes.online ?? true, expect: () => undefined, kick: () => undefined },
    camera: { ...openGate, ...changes.camera },
    confirmation: {
      refusal: () => null,
      prepare: async () => err(failure('internal.bug', 'nothing is to be confirmed')),
      discard: async () => undefined,
      ...changes.confirmation,
    },
    risk: {
      atStart: () => ok(NO_RISK),
      atIdentity: () => ok(NO_RISK),
      atFace: async () => ok(NO_RISK),
      ...changes.risk,
    },
    requests: { called: () => null, begin: () => err(failure('request.unknown')), ...changes.requests },
    handOffs: {
      refusal: () => failure('handoff.unavailable'),
      open: async () => err(failure('handoff.unavailable')),
      look: async () => ok({ state: 'waiting' }),
      close: async () => undefined,
      ...changes.handOffs,
    },
    subjects: {
      kept: () => err(failure('store.unavailable')),
      erase: async () => err(failure('store.unavailable')),
      ...changes.subjects,
    },
    faceReturns: {
      ready: () => false,
      prepare: async () => err(failure('internal.bug', 'no face is to be returned')),
      discard: async () => undefined,
      ...changes.faceReturns,
    },
    evidence: changes.evidence ?? { keep: async () => undefined, encodesClips: () => true },
    configuration: () => ({
      scene: DEFAULT_SCENE,
      findScene: () => undefined,
      findScheme: presetScheme,
      recipient: null,
      site: { siteName: '网点', siteNameEnglish: 'Site', purpose: '用途', purposeEnglish: '' },
      camera: { kind: 'device', deviceId: null },
      cameraGeometry: null,
      documentCamera: null,
      readsCards: true,
      readsChips: false,
      readsSwipes: false,
      demo: { person: 'a', presentation: 'live', card: 'a' },
      digits: () => ({ use: 'unavailable', limit: 'no-voice-detector', why: null }),
      ...changes.configuration,
    }),
    appVersion: '0',
  });
  const screens: string[] = [];
  service.onView((view: KioskView) => {
    if (screens.at(-1) !== view.screen) screens.push(view.screen);
  });
  return { service, time, records, wiped, screens, asked };
}

export type Kiosk = ReturnType<typeof kiosk>;

export async function upToPosition({ service }: Kiosk, transmit = true): Promise<string> {
  service.act({ type: 'start' });
  service.act({ type: 'consent', capture: true, transmit });
  service.reportCamera(ready('camera', 640, 480));
  await settled();
  await settled();
  const certifyId = service.view().certifyId ?? '';
  service.cameraAnswered(certifyId, notOffered);
  return certifyId;
}

export async function upToLight(kioskUnderTest: Kiosk, transmit = true): Promise<string> {
  const { service, time } = kioskUnderTest;
  const certifyId = await upToPosition(kioskUnderTest, transmit);
  for (let frame = 0; frame < 3; frame += 1) {
    await service.addEvidence({ certifyId, jpeg, capturedAtMs: frame, phase: 'neutral' });
  }
  await service.guide({ certifyId, jpeg, capturedAtMs: 1 });
  await time.pass(600);
  await service.guide({ certifyId, jpeg, capturedAtMs: 2 });
  return certifyId;
}
