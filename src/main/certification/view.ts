import { isPlainBrand, type Brand } from '../../shared/domain/brand.ts';
import type { CameraChallengePlan } from '../../shared/domain/camera-challenge.ts';
import { flashes } from '../../shared/domain/liveness-mode.ts';
import { DEFAULT_PERIPHERALS, type Peripherals } from '../../shared/domain/peripherals.ts';
import type { StaffCallState } from '../../shared/domain/staff-call.ts';
import type { CameraSource, DemoChoice } from '../../shared/ipc/camera-source.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { stepPlanOf, USUAL_STEPS } from '../../shared/ipc/kiosk-steps.ts';
import { consentFacts, consentScope, type ConsentContext } from './consent-view.ts';
import { CAMERA_STEPS } from './flow.ts';
import { runOf, type FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import { confirmFields } from './id-card-confirmation.ts';
import { nextPart, withoutFlashing } from './liveness-route.ts';
import { maskedName } from './masked-name.ts';
import { mayPhotograph, mayReadChip, mayType, mayUseTravelDocument } from './other-ways.ts';
import { receiptCode, receiptNumber } from './receipt-text.ts';
import { resultOf } from './result-view.ts';
import { facesCamera, recordsClipOf } from './run-facts.ts';
import { withdrawalView } from './withdrawal-view.ts';

export { receiptNumber };

/** What the view needs beside the state of the flow. */
export interface ViewContext extends ConsentContext {
  readonly revision: number;
  readonly sceneName: string;
  readonly language: 'zh-CN' | 'en';
  readonly elder: boolean;
  /** Controls and picture stand lower; absent: no. */
  readonly low?: boolean;
  /** What this terminal has beside it; absent: as everywhere. */
  readonly peripherals?: Peripherals | undefined;
  /** The customer's look; absent: the product's. */
  readonly brand?: Brand | undefined;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly idleSecondsLeft: number | null;
  readonly clearsInSeconds: number;
  readonly demo: DemoChoice | null;
  readonly camera: CameraSource;
  readonly cameraChallenge: CameraChallengePlan | null;
  /** The camera for documents; null: the one for faces. */
  readonly documentCamera: CameraSource | null;
  /** A reader for machine-readable zones is set up. */
  readonly readsSwipes: boolean;
  /** Whether main can encode a clip that the page can't. */
  readonly encodesClips: boolean;
  /** Whether consent can be withdrawn here. */
  readonly mayWithdraw: boolean;
  /** Whose turn it is by a caller's request; null where none waits. */
  readonly expected: { readonly orderId: string; readonly nameMasked: string | null } | null;
  /** Whether somebody of the staff was called, and comes; absent: nobody was. */
  readonly staffCall?: StaffCallState;
  /** Seconds that a page for a phone still lives; null while none is open. */
  readonly handOffSecondsLeft: number | null;
}

/**
 * The camera runs from consent until the evidence is judged, which may ask for another challenge, and no longer. Where no
 * face is looked at, it runs while a document is.
 */
function cameraIsOn(state: FlowState): boolean {
  const run = runOf(state);
  if (!run) return false;
  const face = facesCamera(run) && (CAMERA_STEPS.has(state.step) || state.step === 'deciding');
  return face || state.step.startsWith('document-');
}

/** The steps by name where a scheme has others than the usual ones. */
function stepsOf(run: Run | null): Pick<KioskView, 'steps'> {
  if (!run) return {};
  const steps = stepPlanOf(run.scheme);
  const usual = steps.identifying === USUAL_STEPS.identifying && steps.checking === USUAL_STEPS.checking;
  return usual ? {} : { steps };
}

/** How the screen serves people who sit, who hear, who press one switch. */
function accessOf({ low = false, peripherals }: ViewContext) {
  const { volume, scanSeconds, readerForm } = peripherals ?? DEFAULT_PERIPHERALS;
  return {
    ...(low ? { low } : {}),
    ...(volume === DEFAULT_PERIPHERALS.volume ? {} : { volume }),
    ...(scanSeconds === undefined ? {} : { scanSeconds }),
    ...(readerForm === undefined ? {} : { readerForm }),
  };
}

/** The customer's look, where it differs from the product's. */
function brandOf({ brand }: ViewContext): Pick<KioskView, 'brand'> {
  return brand === undefined || isPlainBrand(brand) ? {} : { brand };
}

function calledStaff(call: StaffCallState = 'none'): Pick<KioskView, 'staffCall'> {
  return call === 'none' ? {} : { staffCall: call };
}

/** What the kiosk window shows for a state of the flow. The verdict appears only with a committed record. */
export function viewOf(state: FlowState, context: ViewContext): KioskView {
  const base = {
    revision: context.revision,
    siteName: context.siteName,
    sceneName: context.sceneName,
    language: context.language,
    elder: context.elder,
    certifyId: runOf(state)?.certifyId ?? null,
    idleSecondsLeft: context.idleSecondsLeft,
    demo: context.demo,
    camera: cameraIsOn(state) ? context.camera : null,
    ...stepsOf(runOf(state)),
    ...accessOf(context),
    ...brandOf(context),
    ...calledStaff(context.staffCall),
    ...(runOf(state)?.test ? { test: true as const } : {}),
  };
  const asked = context.cameraChallenge ? { cameraChallenge: context.cameraChallenge } : {};
  switch (state.step) {
    case 'attract':
      return {
        ...base,
        screen: 'attract',
        ...(context.mayWithdraw ? { mayWithdraw: true } : {}),
        ...(context.expected ? { expected: context.expected } : {}),
      };
    case 'ruling':
      return { ...base, screen: 'deciding' };
    case 'guide':
    case 'deciding':
      return { ...base, screen: state.step };
    case 'consent':
      return { ...base, screen: 'consent', ...consentFacts(state.run, context) };
    case 'card':
      return {
        ...base,
        screen: 'card',
        phase: state.phase,
        problem: state.problem,
        ...(mayType(state.run.scene) ? { mayType: true } : {}),
        ...(mayPhotograph(state.run) ? { mayPhotograph: true } : {}),
        ...(mayUseTravelDocument(state.run) ? { mayUseTravelDocument: true } : {}),
      };
    case 'identity-entry':
      return { ...base, screen: 'identity-entry', today: context.today };
    case 'card-photo':
      return { ...base, screen: 'card-photo', hint: state.hint };
    case 'document-capture':
      return {
        ...base,
        screen: 'document-capture',
        page: state.page,
        part: state.page === 'id-card-back' ? 2 : 1,
        parts: state.page === 'travel-document' ? 1 : 2,
        documentCamera: context.documentCamera,
        hint: state.hint,
        reading: state.reading,
        problem: state.problem,
        maySwipe: state.page === 'travel-document' && context.readsSwipes,
        ...(mayReadChip(state.run) ? { mayUseCard: true } : {}),
      };
    case 'document-confirm':
      return { ...base, screen: 'document-confirm', fields: confirmFields(state.sides), problem: state.problem };
    case 'travel-chip':
      return { ...base, screen: 'travel-chip', progress: state.progress, problem: state.problem };
    case 'position':
      return {
        ...base,
        screen: 'position',
        hint: state.hint,
        nameMasked: maskedName(state.run),
        ...whatFollows(state.run),
        ...asked,
      };
    case 'challenge':
      return { ...base, ...challengeView(state, context) };
    case 'committing':
      return { ...base, screen: 'deciding' };
    case 'result':
      return { ...base, screen: 'result', result: resultOf(state, context.clearsInSeconds) };
    case 'other-method':
      return { ...base, screen: 'other-method', receiptNumber: receiptNumber(state.committed.receiptHash) };
    case 'maintenance':
      return { ...base, screen: 'maintenance', reason: state.reason };
    case 'guardian-card':
      return { ...base, screen: 'guardian-card', phase: state.phase, problem: state.problem };
    case 'guardian-consent':
      return {
        ...base,
        screen: 'guardian-consent',
        nameMasked: state.guardian.nameMasked,
        childMasked: maskedName(state.run),
        ...(facesCamera(state.run) ? {} : { withoutFace: true }),
        ...consentScope(state.run, context),
      };
    case 'element-entry':
      return { ...base, screen: 'element-entry', asks: state.asks };
    case 'methods':
      return { ...base, screen: 'methods', methods: state.methods, mayGoBack: state.mayGoBack };
    case 'hand-off':
      return { ...base, ...handOffView(state.run, context) };
    case 'awaiting':
      return { ...base, screen: 'awaiting', nameMasked: maskedName(state.run), ...receiptCode(state.committed) };
    case 'withdrawal-card':
    case 'withdrawal-review':
    case 'withdrawal-erasing':
    case 'withdrawal-done':
      return { ...base, ...withdrawalView(state, context.clearsInSeconds) };
  }
}

function whatFollows({ route }: Run) {
  const next = nextPart(route)?.kind ?? 'light';
  const { notice } = route;
  return { next, notice, mayAvoidFlashing: flashes(route.modes[0]) && withoutFlashing(route) !== null };
}

function handOffView({ handOff }: Run, { handOffSecondsLeft }: ViewContext) {
  return {
    screen: 'hand-off',
    url: handOff?.opened.url ?? null,
    page: handOff?.opened.page ?? null,
    opened: handOff?.state.state === 'opened',
    secondsLeft: handOffSecondsLeft,
  } as const;
}

/** The page sees the colours of a light challenge, and of the others only their kind. */
function challengeView({ challenge, run }: Extract<FlowState, { step: 'challenge' }>, context: ViewContext) {
  const clip = recordsClipOf(run) ? { clip: { mainEncodes: context.encodesClips } } : {};
  if (challenge.kind === 'light') return { screen: 'light', challenge, ...clip } as const;
  const { kind, nonce } = challenge;
  return { screen: 'challenge', kind, nonce, notice: run.route.notice, ...clip } as const;
}
