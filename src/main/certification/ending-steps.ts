import type { FallbackMethod } from '../../shared/domain/scene.ts';
import { stateOf } from '../../shared/reasons.ts';
import { clockStage, go, stay } from './flow-moves.ts';
import type { FlowEffect, Step } from './flow-effect.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import { afterDecision } from './verifier-decision.ts';

/** The flow until the record is durable: nothing is shown before. `nowMs`: monotonic. */
export function inCommitting(state: Extract<FlowState, { step: 'committing' }>, event: FlowEvent, nowMs: number): Step {
  if (event.type !== 'committed') return stay(state);
  const { ending } = state;
  const run = withoutDocument(clockStage(state.run, 'commit', nowMs));
  const wipe: FlowEffect = { type: 'wipe', certifyId: run.certifyId };
  const { committed } = event;
  if (ending.then === 'result' && ending.reason === 'verification.pending' && run.online) {
    return { state: { step: 'awaiting', run, ending, committed }, effects: [wipe] };
  }
  // What came of a hand-off is the verifier's own word already.
  const confirmed = state.run.handOff?.state.state === 'ended';
  return { state: shown({ step: ending.then, run, ending, committed, confirmed }), effects: [wipe] };
}

type Shown = Extract<FlowState, { step: 'result' | 'other-method' }>;

/** A scene without a result page says nothing of a pass. */
function shown(state: Omit<Shown, 'step'> & { readonly step: Shown['step'] | 'attract' }): FlowState {
  const { step, run, ending } = state;
  if (step === 'attract') return { step };
  const silent = step === 'result' && !run.scene.resultPage && stateOf(ending.reason) === 'passed';
  return silent ? { step: 'attract' } : { ...state, step };
}

/** The verifier is waited for: its word is shown when it comes in time, else that it is still to come. */
export function inAwaiting(state: Extract<FlowState, { step: 'awaiting' }>, event: FlowEvent): Step {
  const { run, ending, committed } = state;
  const pending = { step: 'result', run, ending, committed, confirmed: false } as const;
  switch (event.type) {
    case 'decided': {
      const next = afterDecision(pending, event).state;
      return next === pending ? stay(state) : go(shown(next as Shown));
    }
    case 'done':
    case 'cancel':
    case 'timed-out':
      return go(pending);
    default:
      return stay(state);
  }
}

/** The flow while a result is shown. `begin`: how the next try begins. */
export function inResult(state: Shown, event: FlowEvent, begin: (run: Run) => Step): Step {
  switch (event.type) {
    case 'done':
    case 'cancel':
    case 'timed-out':
      return go({ step: 'attract' });
    case 'other-method':
      return go({ ...state, step: 'other-method' });
    case 'confirmed':
      return go({ ...state, confirmed: true });
    case 'decided':
      return afterDecision(state, event);
    case 'retry':
      if (state.step !== 'result' || stateOf(state.ending.reason) === 'passed') return stay(state);
      return event.methods ? chooseAgain(event.run, event.methods) : begin(event.run);
    default:
      return stay(state);
  }
}

/** The next certification begins with the choice of another way than the one that has just ended. */
function chooseAgain(run: Run, methods: readonly FallbackMethod[]): Step {
  return go({ step: 'methods', run, methods, mayGoBack: !run.refusedFace });
}

/**
 * After the commit only what the result screen shows may stay in memory: portraits, typed numbers and what a caller gave
 * go. Name and number by a caller's word stay where the card's pictures may still be asked for.
 */
function withoutDocument(run: Run): Run {
  const { document, typed, read, request, scheme } = run;
  const { name, number } = request?.inputs ?? {};
  const named = scheme.cardPictures === 'when-source-unusable' && name !== undefined && number !== undefined;
  return {
    ...run,
    document: document && { ...document, portrait: { state: 'absent' } },
    typed: typed && { ...typed, number: '' },
    read: read && { ...read, number: '', subject: '', portrait: null, card: null },
    request: request && { ...request, inputs: named ? { name, number } : {} },
    elements: {},
    handOff: null,
    printedPortrait: null,
  };
}
