import type { DocumentReading } from '../../shared/domain/document-reading.ts';
import { DOCUMENT_WARNING_REASONS, type DocumentWarningKind } from '../../shared/domain/document-warning.ts';
import { REASONS, type Failure } from '../../shared/reasons.ts';
import { needsConfirming, sidesOf } from './id-card-confirmation.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';
import type { RuledIdentity } from './read-identity.ts';
import { awaitCard, captureDocument as capture, clockStage, end, go, otherThanNamed, stay } from './flow-moves.ts';
import { mayReadChip } from './other-ways.ts';
import { identified as identifiedAs, proceed } from './plan.ts';
import { identityOf } from './run-facts.ts';

/** Pictures of one page before the certification ends with what was wrong with the last. */
export const PICTURES_PER_PAGE = 10;
/** From this picture on, one on which every field is sure is used although the picture could be better. */
const LENIENT_FROM = 3;
/** Failed tries to read one chip. */
const CHIP_TRIES = 5;

/** Warnings about the picture: another one may be better. */
const PICTURE_WARNINGS: readonly DocumentWarningKind[] = ['not-a-card', 'border-cut', 'occlusion', 'glare', 'blur'];
/** Warnings about the document, most important first: a clerk has to look at it. */
const DOCUMENT_WARNINGS: readonly DocumentWarningKind[] = [
  'edited',
  'recapture',
  'black-and-white-copy',
  'copy',
  'temporary',
  'expired',
];

type CaptureState = Extract<FlowState, { step: 'document-capture' }>;

/** The flow while a document lies before the camera. `nowMs`: monotonic. */
export function inDocumentCapture(state: CaptureState, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'document-hint':
      return event.hint === state.hint ? stay(state) : go({ ...state, hint: event.hint });
    case 'document-picture':
      return go({ ...state, reading: true, problem: null });
    case 'document-unread':
      return unread({ ...state, reading: false }, event.failure);
    case 'document-read':
      return read({ ...state, reading: false }, event.reading);
    case 'document-doubted':
      return go({ step: 'document-confirm', run: state.run, sides: event.sides, problem: event.problem });
    case 'zone-read':
      return state.page === 'travel-document' ? withZone(state.run, event, nowMs) : stay(state);
    case 'identity-read':
      return identified(state.run, event, nowMs);
    case 'retake-document':
      return go(capture(state.run, { page: state.page === 'id-card-back' ? 'id-card-front' : state.page }));
    case 'use-card':
      return useCard(state);
    default:
      return stay(state);
  }
}

function unread(state: CaptureState, failed: Failure): Step {
  const pictures = state.pictures + 1;
  const again = REASONS[failed.code].next === 'retry' && /^(document|mrz)\./.test(failed.code);
  if (!again || pictures >= PICTURES_PER_PAGE) return end(state.run, failed, 'result');
  return go({ ...state, pictures, problem: failed.code });
}

/** A side that was read: the other one, the page for confirming, or another picture. */
function read(state: CaptureState, reading: DocumentReading): Step {
  const blemish = PICTURE_WARNINGS.find((kind) => reading.warnings.some((each) => each.raised && each.kind === kind));
  const tolerated = state.pictures + 1 >= LENIENT_FROM && blemish !== 'not-a-card' && isSure(reading);
  if (blemish && !tolerated) return unread(state, { code: DOCUMENT_WARNING_REASONS[blemish] });
  if (reading.page === 'id-card-front') {
    return go(capture(state.run, { page: 'id-card-back', front: reading }));
  }
  if (reading.page !== 'id-card-back' || !state.front) return stay(state);
  const sides = sidesOf(state.front, reading);
  if (needsConfirming(sides)) return go({ step: 'document-confirm', run: state.run, sides, problem: null });
  return {
    state: { ...state, reading: true },
    effects: [{ type: 'accept-reading', certifyId: state.run.certifyId, sides }],
  };
}

function isSure(reading: DocumentReading): boolean {
  if (reading.page === 'travel-document') return true;
  return Object.values(reading.fields).every(({ doubt }) => doubt === null);
}

/** The flow while the person looks at what was read. `nowMs`: monotonic. */
export function inDocumentConfirm(
  state: Extract<FlowState, { step: 'document-confirm' }>,
  event: FlowEvent,
  nowMs: number,
): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'document-doubted':
      return go({ ...state, problem: event.problem });
    case 'identity-read':
      return identified(state.run, event, nowMs);
    case 'retake-document':
      return go(capture(state.run, { page: 'id-card-front' }));
    case 'use-card':
      return useCard(state);
    default:
      return stay(state);
  }
}

/** The chip where one can be read, else the zone alone. */
function withZone(run: Run, event: Extract<FlowEvent, { type: 'zone-read' }>, nowMs: number): Step {
  const { identity, ruling, key } = event;
  if (!run.readsChips) return identified(run, { identity, ruling }, nowMs);
  return {
    state: { step: 'travel-chip', run, zone: { identity, ruling }, key, progress: NONE, problem: null, tries: 0 },
    effects: [{ type: 'read-chip', certifyId: run.certifyId, key }],
  };
}

const NONE = { step: 'waiting', share: null } as const;

/** The flow while the chip of a travel document is read; without it what the zone says holds. `nowMs`: monotonic. */
export function inTravelChip(
  state: Extract<FlowState, { step: 'travel-chip' }>,
  event: FlowEvent,
  nowMs: number,
): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'chip-progress':
      return go({
        ...state,
        progress: event.progress,
        problem: event.progress.step === 'waiting' ? state.problem : null,
      });
    case 'chip-failed':
      return chipFailed(state, event.failure);
    case 'identity-read': {
      const { identity } = event;
      return identity.signature === 'forged'
        ? end({ ...state.run, read: identity }, { code: 'document.chip-forged' }, 'result')
        : identified(state.run, event, nowMs);
    }
    case 'skip-chip': {
      const { state: next, effects } = identified(state.run, state.zone, nowMs);
      return { state: next, effects: [{ type: 'stop-reading' }, ...effects] };
    }
    default:
      return stay(state);
  }
}

/** A wrong key means that the zone was read wrong; what the person can put right is tried again. */
function chipFailed(state: Extract<FlowState, { step: 'travel-chip' }>, failed: Failure): Step {
  const { run } = state;
  if (failed.code === 'chip.access-denied') return go(capture(run, { page: 'travel-document', problem: failed.code }));
  const tries = state.tries + 1;
  const again = REASONS[failed.code].next === 'replace-card' && tries < CHIP_TRIES;
  const next = { ...state, tries, progress: NONE, problem: failed.code };
  return again ? { state: next, effects: [{ type: 'read-chip', certifyId: run.certifyId, key: state.key }] } : go(next);
}

function useCard(state: CaptureState | Extract<FlowState, { step: 'document-confirm' }>): Step {
  return mayReadChip(state.run) ? awaitCard(state.run, null) : stay(state);
}

/** What is known of a person before the camera looks at them. */
function identified(before: Run, { identity, ruling }: RuledIdentity, nowMs: number): Step {
  const run = clockStage(before, 'card', nowMs);
  const known = identityOf(run);
  const doubt = DOCUMENT_WARNINGS.find((kind) => identity.warnings.includes(kind));
  const differing = identity.sidesDiffer && ruling.kind !== 'warning' ? 'document.sides-differ' : null;
  const warning = doubt ? DOCUMENT_WARNING_REASONS[doubt] : differing;
  const read = { ...run, read: identity };
  if (known === null) return identifiedAs(read, ruling, warning);
  // The card that is photographed beside an identity has to be that person's.
  const other =
    known.number === identity.number ? otherThanNamed(run, identity) : { code: 'identity.not-the-named' as const };
  if (other) return end(read, other, 'result');
  const child = ruling.kind === 'stop' && ruling.reason === 'document.guardian-needed';
  if (ruling.kind === 'stop' && !child) return end(read, { code: ruling.reason }, 'result');
  const own = ruling.kind === 'stop' ? (ruling.beside ?? null) : ruling.kind === 'warning' ? ruling.reason : null;
  const documentWarning = run.documentWarning ?? warning ?? own;
  return proceed({ ...read, documentWarning, guardianNeeded: run.guardianNeeded || child });
}
