import type { ChallengeAttempt, LivenessSummary } from '../../../src/shared/domain/certification.ts';
import type { ActionChallenge, LightChallenge } from '../../../src/shared/domain/challenge.ts';
import type { IdentityDocument, TypedIdentity } from '../../../src/shared/domain/document.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { isFailureCode, REASON_CODES, type ReasonCode } from '../../../src/shared/reasons.ts';
import type { FlowEvent } from '../../../src/main/certification/flow-event.ts';
import type { FlowState } from '../../../src/main/certification/flow-state.ts';
import type { Run } from '../../../src/main/certification/run.ts';
import { beginRoute } from '../../../src/main/certification/liveness-route.ts';
import type { Committed } from '../../../src/main/certification/ports/record-store.ts';

export const CERTIFY_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const NONCE = 'a'.repeat(32);

export const viewContext = {
  revision: 1,
  siteName: 'site',
  purpose: 'purpose',
  sceneName: 'scene',
  recipient: null,
  returnsFaces: false,
  mayWithdraw: true,
  expected: null,
  handOffSecondsLeft: null,
  language: 'en',
  elder: false,
  today: '2026-11-21',
  idleSecondsLeft: null,
  clearsInSeconds: 5,
  demo: null,
  camera: { kind: 'device', deviceId: null },
  cameraChallenge: null,
  encodesClips: false,
  documentCamera: null,
  readsSwipes: false,
} as const;

export const sampleDocument: IdentityDocument = {
  kind: 'resident',
  fields: {
    name: '样例人',
    sex: 'female',
    nation: '汉',
    birthDate: '1990-01-01',
    address: '样例市样例路1号',
    number: '11010519900101002X',
    issuer: '样例市公安局',
    validFrom: '2020-01-01',
    validTo: '2040-01-01',
  },
  portrait: { state: 'decoded', image: new Uint8Array([1]), mediaType: 'image/webp' },
  simulated: true,
};

/** The same card where nothing decodes its portrait. */
export const undecodedDocument: IdentityDocument = {
  ...sampleDocument,
  portrait: { state: 'not-decoded', reason: 'decoder.none', bytes: 1024, detail: '' },
};

export const sampleTyped: TypedIdentity = { name: '样例人', number: '11010519900101002X', kind: 'resident' };

/** A scene that lets people go on without a chip's portrait. */
export const OTHER_WAYS: Scene = { ...DEFAULT_SCENE, identification: { manualEntry: true, cardPhoto: true } };

export const sampleChallenge: LightChallenge = {
  kind: 'light',
  nonce: NONCE,
  colours: [{ rgb: [10, 200, 10], startMs: 300, durationMs: 300 }],
  leadInMs: 300,
  tailMs: 100,
};

export const sampleActions: ActionChallenge = {
  kind: 'action',
  nonce: NONCE,
  actions: [{ action: 'blink', delayMs: 500 }],
};

export function sampleAttempt({ verdict, reasons }: LivenessSummary): ChallengeAttempt {
  return { kind: 'light', nonce: NONCE, verdict, reasons, measures: {} };
}

export function judged(
  summary: LivenessSummary,
  comparison: Extract<FlowEvent, { type: 'judged' }>['comparison'] = null,
): FlowEvent {
  return { type: 'judged', certifyId: CERTIFY_ID, liveness: summary, attempt: sampleAttempt(summary), comparison };
}

export function sampleRun(): Run {
  return {
    certifyId: CERTIFY_ID,
    scene: DEFAULT_SCENE,
    scheme: presetScheme('CounterCard')!,
    test: false,
    fallback: null,
    request: null,
    online: true,
    refusedFace: false,
    elements: {},
    risk: [],
    riskReview: false,
    ruled: true,
    guardianNeeded: false,
    cardPhotoAsked: false,
    guardian: null,
    follows: null,
    handOff: null,
    startedAtMs: 0,
    attempt: 1,
    consent: { capture: true, transmit: false, version: 'v', givenAtMs: 0 },
    typing: false,
    document: sampleDocument,
    typed: null,
    read: null,
    readsChips: false,
    printedPortrait: null,
    documentWarning: null,
    camera: 'camera',
    challenge: sampleChallenge,
    route: beginRoute(['light', 'action']),
    attempts: [],
    cardTries: 0,
    liveness: null,
    comparison: null,
    stagesMs: {},
    stageBeganMs: 0,
  };
}

/** A certification of which it isn't known yet who it is about. */
function fresh(): Run {
  return { ...sampleRun(), document: null };
}

export const sampleCommitted: Committed = {
  receipt: {
    body: {
      v: 1,
      certifyId: CERTIFY_ID,
      deviceId: 'local-00000000',
      seq: 1,
      prevReceiptHash: '0'.repeat(64),
      sceneId: 'counter',
      scheme: 'CounterCard',
      challenge: null,
      recordHash: '1'.repeat(64),
      state: 'passed',
      basis: 'chip',
      reason: 'ok.matched',
      simulated: true,
      decidedAtMs: 0,
      eraseAfterMs: 0,
    },
    device: { keyId: 'k1', signature: 'A'.repeat(86) },
  },
  receiptHash: '2'.repeat(64),
};

export function liveness(verdict: LivenessSummary['verdict'], reasons: readonly ReasonCode[] = []): LivenessSummary {
  return {
    verdict,
    reasons: [...reasons],
    codeCorrelation: 0.99,
    lagMs: 110,
    spoofMedian: 0.98,
    spoofFrames: 9,
    continuity: 0.9,
    lightFrames: 80,
  };
}

export function stateOfEveryStep(): FlowState[] {
  const run = sampleRun();
  const ending = { reason: 'face.low-similarity', then: 'result' } as const;
  const shown = { run, ending, committed: sampleCommitted, confirmed: false };
  return [
    { step: 'attract' },
    { step: 'guide', run },
    { step: 'consent', run },
    { step: 'card', run, phase: 'searching', problem: null },
    { step: 'card', run: { ...fresh(), scene: OTHER_WAYS }, phase: 'searching', problem: null },
    { step: 'identity-entry', run: fresh() },
    { step: 'identity-entry', run: { ...fresh(), scene: OTHER_WAYS } },
    { step: 'card-photo', run: { ...fresh(), typed: sampleTyped }, hint: null },
    { step: 'card-photo', run: { ...run, document: undecodedDocument }, hint: 'no-card' },
    { step: 'position', run, hint: null },
    { step: 'challenge', run, challenge: sampleChallenge },
    { step: 'challenge', run: { ...run, route: beginRoute(['action']) }, challenge: sampleActions },
    { step: 'deciding', run },
    { step: 'deciding', run: { ...run, route: beginRoute(['light-blink', 'action']) } },
    { step: 'deciding', run: { ...run, route: { ...beginRoute(['light-blink']), passed: 1 } } },
    { step: 'deciding', run: { ...run, documentWarning: 'document.expired' } },
    { step: 'deciding', run: { ...run, document: undecodedDocument } },
    { step: 'deciding', run: { ...run, document: undecodedDocument, printedPortrait: new Uint8Array([2]) } },
    { step: 'deciding', run: { ...fresh(), typed: sampleTyped } },
    { step: 'deciding', run: { ...fresh(), typed: sampleTyped, printedPortrait: new Uint8Array([2]) } },
    { step: 'deciding', run: { ...run, document: null } },
    { step: 'committing', run, ending },
    { step: 'result', ...shown },
    { step: 'other-method', ...shown },
    { step: 'maintenance', reason: 'store.full' },
  ];
}

export function eventOfEveryKind(): FlowEvent[] {
  const certifyId = CERTIFY_ID;
  const consent = (capture: boolean): FlowEvent => ({
    type: 'consent',
    consent: { capture, transmit: false, version: 'v', givenAtMs: 0 },
  });
  const comparison = (outcome: 'match' | 'grey' | 'no-match') =>
    ({ similarity: 0.6, score: 91, far: 1e-4, kind: 'live-chip', outcome }) as const;
  const verdicts = [liveness('live'), liveness('spoof', ['liveness.code-mismatch']), liveness('undecided')];
  const comparisons = [comparison('match'), comparison('grey'), comparison('no-match'), null] as const;
  return [
    { type: 'start', run: sampleRun() },
    { type: 'continue' },
    consent(true),
    consent(false),
    { type: 'refuse-consent' },
    { type: 'other-method' },
    { type: 'cancel' },
    { type: 'timed-out' },
    { type: 'card-progress', certifyId, phase: 'reading' },
    { type: 'card-occupied', certifyId },
    { type: 'card-read', certifyId, document: sampleDocument, ruling: { kind: 'accepted' } },
    { type: 'card-read', certifyId, document: sampleDocument, ruling: { kind: 'warning', reason: 'document.expired' } },
    {
      type: 'card-read',
      certifyId,
      document: sampleDocument,
      ruling: { kind: 'stop', reason: 'document.guardian-needed' },
    },
    { type: 'card-read', certifyId, document: undecodedDocument, ruling: { kind: 'accepted' } },
    { type: 'type-identity' },
    { type: 'use-card' },
    { type: 'identity-typed', certifyId, identity: sampleTyped, ruling: { kind: 'accepted' } },
    {
      type: 'identity-typed',
      certifyId,
      identity: sampleTyped,
      ruling: { kind: 'stop', reason: 'document.guardian-needed' },
    },
    { type: 'card-photo-hint', certifyId, hint: 'blurred' },
    { type: 'card-photo-taken', certifyId, portrait: new Uint8Array([2]) },
    { type: 'skip-card-photo' },
    { type: 'camera-ready', label: 'camera' },
    { type: 'hint', certifyId, hint: 'too-far' },
    { type: 'positioned', certifyId, challenge: sampleChallenge },
    { type: 'avoid-flashing' },
    { type: 'challenge-played', certifyId, nonce: NONCE },
    { type: 'challenge-played', certifyId, nonce: 'b'.repeat(32) },
    { type: 'challenge-aborted', certifyId, nonce: NONCE, code: 'capture.face-left' },
    { type: 'challenge-aborted', certifyId, nonce: NONCE, code: 'camera.lost' },
    { type: 'challenge-aborted', certifyId, nonce: NONCE, code: 'microphone.missing' },
    ...verdicts.flatMap((summary) =>
      [...comparisons, { outcome: 'no-face' as const }].map((compared) => judged(summary, compared)),
    ),
    { ...judged(liveness('live'), comparison('match')), swapped: true } as FlowEvent,
    { type: 'committed', certifyId, committed: sampleCommitted },
    { type: 'commit-failed', certifyId, failure: { code: 'store.full' } },
    { type: 'confirmed', certifyId },
    { type: 'decided', certifyId, decided: 'passed', reason: 'ok.confirmed' },
    { type: 'decided', certifyId, decided: 'failed', reason: 'face.low-similarity' },
    { type: 'done' },
    { type: 'retry', run: sampleRun() },
    { type: 'retry', run: { ...sampleRun(), typing: true } },
    { type: 'back-in-service', part: 'store' },
    // Failures of every code, so that none of them can turn out to be a way to a pass.
    ...REASON_CODES.filter(isFailureCode).flatMap((code): FlowEvent[] => [
      { type: 'card-failed', certifyId, failure: { code } },
      { type: 'camera-failed', failure: { code } },
      { type: 'step-failed', certifyId, failure: { code } },
      { type: 'out-of-service', reason: code },
    ]),
  ];
}
