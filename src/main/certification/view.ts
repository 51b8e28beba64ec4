import type { CameraChallengePlan } from '../../shared/domain/camera-challenge.ts';
import { flashes } from '../../shared/domain/liveness-mode.ts';
import { maskName } from '../../shared/domain/masking.ts';
import { asksForClip, evidencePolicyOf, recordsClip, sentMaterial, type Scene } from '../../shared/domain/scene.ts';
import type { CameraSource, DemoChoice, KioskView, ResultView } from '../../shared/ipc/kiosk.ts';
import { REASONS, stateOf } from '../../shared/reasons.ts';
import { mayPhotograph, mayUseTravelDocument } from './document-steps.ts';
import { confirmFields } from './id-card-confirmation.ts';
import { verdictFor } from './verdict-rules.ts';
import { ATTEMPTS_PER_VISIT, runOf, type FlowState, type Run } from './flow-state.ts';
import { nextPart, withoutFlashing } from './liveness-route.ts';
import { mayType, offersTyping } from './other-ways.ts';

/** What the view needs beside the state of the flow. */
export interface ViewContext {
  readonly revision: number;
  readonly siteName: string;
  readonly purpose: string;
  readonly sceneName: string;
  readonly retentionDays: number;
  readonly language: 'zh-CN' | 'en';
  readonly elder: boolean;
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
}

/** The camera runs from consent until the evidence is judged, which may ask for another challenge, and no longer. */
const CAMERA_STEPS = new Set<FlowState['step']>([
  'card',
  'identity-entry',
  'card-photo',
  'document-capture',
  'document-confirm',
  'travel-chip',
  'position',
  'challenge',
  'deciding',
]);

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
    camera: CAMERA_STEPS.has(state.step) ? context.camera : null,
  };
  const asked = context.cameraChallenge ? { cameraChallenge: context.cameraChallenge } : {};
  switch (state.step) {
    case 'attract':
    case 'guide':
    case 'deciding':
      return { ...base, screen: state.step };
    case 'consent':
      return {
        ...base,
        screen: 'consent',
        purpose: context.purpose,
        retentionDays: context.retentionDays,
        ...(evidencePolicyOf(state.run.scene).keep === 'none' ? {} : { keepsPictures: true }),
        ...(asksForClip(evidencePolicyOf(state.run.scene)) ? { keepsClip: true } : {}),
        ...sending(state.run.scene),
      };
    case 'card':
      return {
        ...base,
        screen: 'card',
        phase: state.phase,
        problem: state.problem,
        ...(mayType(state.run.scene) ? { mayType: true } : {}),
        ...(mayPhotograph(state.run.scene) ? { mayPhotograph: true } : {}),
        ...(mayUseTravelDocument(state.run.scene) ? { mayUseTravelDocument: true } : {}),
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
        nameMasked: nameOf(state),
        ...whatFollows(state.run),
        ...asked,
      };
    case 'challenge':
      return { ...base, ...challengeView(state, context) };
    case 'committing':
      return { ...base, screen: 'deciding' };
    case 'result':
      return { ...base, screen: 'result', result: resultOf(state, context) };
    case 'other-method':
      return { ...base, screen: 'other-method', receiptNumber: receiptNumber(state.committed.receiptHash) };
    case 'maintenance':
      return { ...base, screen: 'maintenance', reason: state.reason };
    default:
      return { ...base, screen: 'deciding' };
  }
}

function whatFollows({ route }: Run) {
  const next = nextPart(route)?.kind ?? 'light';
  const { notice } = route;
  return { next, notice, mayAvoidFlashing: flashes(route.modes[0]) && withoutFlashing(route) !== null };
}

function sending(scene: Scene) {
  const sends = sentMaterial(scene);
  return sends === null ? {} : { sends };
}

/** The page sees the colours of a light challenge, and of the others only their kind. */
function challengeView({ challenge, run }: Extract<FlowState, { step: 'challenge' }>, context: ViewContext) {
  const clip = recordsClip(run.scene) ? { clip: { mainEncodes: context.encodesClips } } : {};
  if (challenge.kind === 'light') return { screen: 'light', challenge, ...clip } as const;
  const { kind, nonce } = challenge;
  return { screen: 'challenge', kind, nonce, notice: run.route.notice, ...clip } as const;
}

function resultOf(state: Extract<FlowState, { step: 'result' | 'other-method' }>, context: ViewContext): ResultView {
  const { reason } = state.ending;
  const { receipt, receiptHash } = state.committed;
  return {
    state: stateOf(reason),
    reason,
    next: REASONS[reason].next,
    nameMasked: nameOf(state),
    receiptNumber: receiptNumber(receiptHash),
    receiptCode: `countersign:1:${receipt.body.certifyId}:${receiptHash.slice(0, 16)}`,
    provisional: verdictFor(reason, null, state.run.consent?.transmit ?? false).provisional && !state.confirmed,
    clearsInSeconds: context.clearsInSeconds,
    mayRetry: stateOf(reason) !== 'passed' && stateOf(reason) !== 'review' && state.run.attempt < ATTEMPTS_PER_VISIT,
    ...(offersTyping(state.run, reason) ? { mayType: true } : {}),
  };
}

function nameOf(state: FlowState): string | null {
  const run = runOf(state);
  const name = run?.document?.fields.name ?? run?.typed?.name ?? run?.read?.name;
  return name === undefined ? null : maskName(name);
}

/** Eight characters of the receipt's hash in two groups, in an alphabet without look-alikes (Crockford's base 32). */
export function receiptNumber(receiptHash: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bits = BigInt(`0x${receiptHash.slice(0, 10)}`);
  const characters = Array.from(
    { length: 8 },
    (_, index) => alphabet[Number((bits >> BigInt(5 * (7 - index))) & 31n)]!,
  );
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}
