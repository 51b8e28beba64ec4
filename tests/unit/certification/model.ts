import { NO_RISK } from '../../../src/shared/domain/risk.ts';
import type { FallbackMethod, OfflinePolicy, Scene } from '../../../src/shared/domain/scene.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import type { CheckOutcome } from '../../../src/shared/domain/verification.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { newRun, type Run } from '../../../src/main/certification/run.ts';
import { runOf, type FlowState } from '../../../src/main/certification/flow-state.ts';
import type { FlowEvent } from '../../../src/main/certification/flow-event.ts';
import { beginRoute } from '../../../src/main/certification/liveness-route.ts';
import { schemeOfMethod } from '../../../src/main/certification/method-steps.ts';
import { sidesOf } from '../../../src/main/certification/id-card-confirmation.ts';
import type { ReadIdentity } from '../../../src/main/certification/read-identity.ts';
import { accessKeyOf } from '../../../src/shared/domain/mrz-access-key.ts';
import { back, front, ZONE } from './document-samples.ts';
import {
  CERTIFY_ID,
  judged,
  liveness,
  sampleChallenge,
  sampleCommitted,
  sampleDocument,
  sampleTyped,
  undecodedDocument,
} from './samples.ts';

/** How things are when a certification begins. */
export interface Circumstances {
  readonly policy: OfflinePolicy;
  readonly online: boolean;
}

export const CIRCUMSTANCES: readonly Circumstances[] = [
  { policy: 'local_decide', online: true },
  { policy: 'local_decide', online: false },
  // A scene that forbids being offline is like any other once a certification has begun.
  { policy: 'capture_only', online: false },
];

/** One of the checks without a face, which differ in what is typed alone, and the two ways that use one. */
const METHODS: readonly FallbackMethod[] = ['bank-card-phone-check', 'another-liveness', 'phone-hand-off'];

/** A scene with every kind of way out that there is. */
export function sceneOf(scheme: Scheme, policy: OfflinePolicy): Scene {
  return {
    id: 'counter',
    name: '柜台',
    scheme: scheme.id,
    guidePage: true,
    resultPage: true,
    far: 1e-4,
    offlinePolicy: policy,
    palette: 'vivid',
    retentionDays: 30,
    fallbacks: METHODS,
    guardian: true,
    identification: { manualEntry: true, cardPhoto: true, photographedCard: true, travelDocument: true },
  };
}

const picture = { bytes: new Uint8Array([7]), format: 'jpeg', width: 10, height: 10 } as const;

/** A certification that begins, with everything that its scheme needs of a caller. */
export function beginning(scheme: Scheme, { policy, online }: Circumstances): Run {
  const { name, number } = sampleDocument.fields;
  const needs = Object.values(scheme.inputs).includes('required');
  const inputs = {
    ...(scheme.inputs.name === 'required' ? { name, number } : {}),
    ...(scheme.inputs.reference === 'required' ? { reference: picture } : {}),
  };
  const modes = Array.isArray(scheme.liveness) ? scheme.liveness : (['light', 'action'] as const);
  const [first = 'light', ...rest] = modes;
  return newRun({
    certifyId: CERTIFY_ID,
    scene: sceneOf(scheme, policy),
    scheme,
    request: needs ? { requestId: CERTIFY_ID, orderId: 'order-1', inputs } : null,
    online,
    follows: null,
    startedAtMs: 0,
    attempt: 1,
    typing: false,
    readsChips: true,
    stageBeganMs: 0,
    route: beginRoute([first, ...rest]),
  });
}

const certifyId = CERTIFY_ID;
const comparison = (outcome: 'match' | 'grey' | 'no-match') =>
  ({ similarity: 0.6, score: 91, far: 1e-4, kind: 'live-chip', outcome }) as const;
const consent = (capture: boolean, transmit: boolean) => ({ capture, transmit, version: 'v', givenAtMs: 0 });
const finding = { rule: 'r', kind: 'hours', effect: 'review', measured: null, limit: null } as const;
const STRONGER: Scheme = { ...presetScheme('LightIdentity')!, liveness: ['light-action'] };

export function outcomeOf(reason: ReasonCode, state: CheckOutcome['state']): CheckOutcome {
  return { state, reason, retry: 'none', retryAfterMs: null, basis: 'authority', scores: [], vendor: null };
}

const OUTCOMES = [
  outcomeOf('ok.confirmed', 'passed'),
  outcomeOf('ok.live', 'passed'),
  outcomeOf('face.low-similarity', 'failed'),
  outcomeOf('source.no-photo', 'review'),
  outcomeOf('handoff.refused', 'error'),
  // What no honest verifier says: a reason of another state.
  outcomeOf('handoff.refused', 'passed'),
] as const;

const opened = { handOffId: 'h', page: 'countersign', url: 'https://v.example/h', expiresAtMs: 1 } as const;
const sides = sidesOf(front(), back());
const identity: ReadIdentity = {
  source: 'photographed',
  kind: 'resident',
  name: sampleDocument.fields.name,
  number: sampleDocument.fields.number,
  subject: sampleDocument.fields.number,
  birthDate: '1990-01-01',
  validFrom: '2020-01-01',
  validTo: '2040-01-01',
  portrait: new Uint8Array([7]),
  warnings: [],
  corrections: [],
};
const zone: ReadIdentity = { ...identity, source: 'travel-zone', kind: 'travel-document' };
const key = accessKeyOf(ZONE);
if (!key.ok) throw new Error('the specimen gives a key');

/** Everything that can happen in a state, for a person as for a fault; what changes nothing is cheap. */
export function eventsAt(state: FlowState, start: Run): readonly FlowEvent[] {
  const run = runOf(state);
  const scheme = run ?? start;
  return [
    ...FIXED,
    { type: 'start', run: start },
    { type: 'retry', run: start },
    { type: 'retry', run: start, methods: METHODS },
    ...METHODS.map((method): FlowEvent => {
      return { type: 'choose-method', method, scheme: schemeOfMethod(scheme, method), consent: consent(false, true) };
    }),
  ];
}

const FIXED: readonly FlowEvent[] = [
  { type: 'continue' },
  { type: 'consent', consent: consent(true, true) },
  { type: 'consent', consent: consent(true, false) },
  { type: 'consent', consent: consent(false, true) },
  { type: 'consent', consent: consent(false, false) },
  { type: 'refuse-consent', methods: METHODS },
  { type: 'refuse-consent' },
  { type: 'other-method', methods: METHODS },
  { type: 'other-method' },
  { type: 'choose-clerk' },
  { type: 'keep-going' },
  { type: 'avoid-flashing' },
  { type: 'cancel' },
  { type: 'timed-out' },
  { type: 'done' },
  { type: 'card-read', certifyId, document: sampleDocument, ruling: { kind: 'accepted' } },
  { type: 'card-read', certifyId, document: undecodedDocument, ruling: { kind: 'accepted' } },
  {
    type: 'card-read',
    certifyId,
    document: { ...sampleDocument, fields: { ...sampleDocument.fields, number: '110105199001010038' } },
    ruling: { kind: 'accepted' },
  },
  { type: 'card-read', certifyId, document: sampleDocument, ruling: { kind: 'warning', reason: 'document.expired' } },
  {
    type: 'card-read',
    certifyId,
    document: sampleDocument,
    ruling: { kind: 'stop', reason: 'document.guardian-needed' },
  },
  { type: 'card-failed', certifyId, failure: { code: 'card.pulled' } },
  { type: 'card-failed', certifyId, failure: { code: 'reader.missing' } },
  { type: 'type-identity' },
  { type: 'use-card' },
  { type: 'identity-typed', certifyId, identity: sampleTyped, ruling: { kind: 'accepted' } },
  { type: 'photograph-card' },
  { type: 'use-travel-document' },
  { type: 'document-read', certifyId, reading: sides.front },
  { type: 'document-read', certifyId, reading: sides.back },
  { type: 'identity-read', certifyId, identity, ruling: { kind: 'accepted' } },
  { type: 'zone-read', certifyId, identity: zone, ruling: { kind: 'accepted' }, key: key.value },
  { type: 'skip-chip' },
  { type: 'chip-failed', certifyId, failure: { code: 'chip.access-denied' } },
  {
    type: 'identity-read',
    certifyId,
    identity: { ...identity, source: 'travel-chip', signature: 'valid' },
    ruling: { kind: 'accepted' },
  },
  { type: 'card-photo-taken', certifyId, portrait: new Uint8Array([2]) },
  { type: 'skip-card-photo' },
  { type: 'ruled', certifyId, ruling: NO_RISK, stepUp: null },
  { type: 'ruled', certifyId, ruling: { effect: { kind: 'review' }, findings: [finding] }, stepUp: null },
  { type: 'ruled', certifyId, ruling: { effect: { kind: 'block' }, findings: [finding] }, stepUp: null },
  {
    type: 'ruled',
    certifyId,
    ruling: { effect: { kind: 'step-up', scheme: STRONGER.id }, findings: [finding] },
    stepUp: STRONGER,
  },
  { type: 'guardian-read', certifyId, guardian: { nameMasked: '监*', numberMasked: '110***********0000' } },
  { type: 'guardian-refused', certifyId, code: 'guardian.not-adult' },
  { type: 'guardian-agrees', consent: consent(true, true) },
  { type: 'guardian-agrees', consent: consent(false, true) },
  { type: 'element-entered', certifyId, element: { phone: '13800000000' } },
  { type: 'element-entered', certifyId, element: { bankCard: '6222020000000000000' } },
  { type: 'hand-off-opened', certifyId, opened },
  { type: 'hand-off-seen', certifyId, state: { state: 'opened' } },
  ...OUTCOMES.map((outcome): FlowEvent => ({ type: 'hand-off-seen', certifyId, state: { state: 'ended', outcome } })),
  { type: 'positioned', certifyId, challenge: sampleChallenge },
  { type: 'challenge-played', certifyId, nonce: sampleChallenge.nonce },
  { type: 'challenge-aborted', certifyId, nonce: sampleChallenge.nonce, code: 'capture.face-left' },
  ...(['match', 'grey', 'no-match'] as const).map((outcome) => judged(liveness('live'), comparison(outcome))),
  judged(liveness('live')),
  judged(liveness('live'), { outcome: 'no-face' }),
  judged(liveness('spoof', ['liveness.code-mismatch']), comparison('match')),
  judged(liveness('undecided', ['capture.too-few-frames']), comparison('match')),
  { ...judged(liveness('live'), comparison('match')), swapped: true } as FlowEvent,
  {
    ...judged(liveness('live'), comparison('match')),
    ruling: { effect: { kind: 'block' }, findings: [finding] },
  } as FlowEvent,
  {
    ...judged(liveness('live'), comparison('match')),
    ruling: { effect: { kind: 'review' }, findings: [finding] },
  } as FlowEvent,
  { type: 'question-kept', certifyId },
  { type: 'step-failed', certifyId, failure: { code: 'inference.crashed' } },
  { type: 'step-failed', certifyId, failure: { code: 'identity.already-used' } },
  { type: 'camera-failed', failure: { code: 'camera.lost' } },
  { type: 'out-of-service', reason: 'store.full' },
  { type: 'committed', certifyId, committed: sampleCommitted },
  { type: 'commit-failed', certifyId, failure: { code: 'store.full' } },
  ...OUTCOMES.map(({ state, reason }): FlowEvent => ({ type: 'decided', certifyId, decided: state, reason })),
];

/** What tells states apart that behave differently: how often something was tried only counts in the route. */
export function keyOf(state: FlowState): string {
  const run = runOf(state);
  const parts: unknown[] = [state.step];
  if ('phase' in state) parts.push(state.phase, state.problem);
  if ('page' in state) parts.push(state.page, state.front !== null);
  if ('asks' in state) parts.push(state.asks);
  if ('methods' in state) parts.push(state.methods, state.mayGoBack);
  if ('ending' in state) parts.push(state.ending);
  if ('confirmed' in state) parts.push(state.confirmed);
  // What has ended goes on by its ending alone.
  if (run) parts.push('ending' in state ? [run.scheme.id, run.consent?.transmit] : runKey(run));
  return JSON.stringify(parts);
}

function runKey(run: Run): unknown {
  const { consent: given, document, typed, read, scheme, fallback, route, handOff, elements } = run;
  return [
    given && [given.capture, given.transmit],
    document?.portrait.state,
    document?.fields.number,
    typed !== null,
    [read?.source, read?.signature],
    run.printedPortrait !== null,
    run.cardPhotoAsked,
    [run.ruled, run.riskReview, run.guardianNeeded, run.guardian !== null, run.refusedFace],
    [scheme.id, scheme.actor, scheme.check, scheme.liveness],
    fallback?.method,
    [route.modes, route.passed, route.tries],
    run.liveness?.verdict,
    handOff?.state.state,
    Object.keys(elements),
    run.documentWarning,
  ];
}
