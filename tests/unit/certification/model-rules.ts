import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import { stateOf } from '../../../src/shared/reasons.ts';
import { reduce } from '../../../src/main/certification/flow.ts';
import { runOf, type FlowState, type FlowStep } from '../../../src/main/certification/flow-state.ts';
import type { FlowEvent } from '../../../src/main/certification/flow-event.ts';
import type { Step } from '../../../src/main/certification/flow-effect.ts';
import { WATCHED_STEPS } from '../../../src/main/certification/idle-watch.ts';
import { isLastPart } from '../../../src/main/certification/liveness-route.ts';
import { facesCamera, onlyCaptures } from '../../../src/main/certification/run-facts.ts';
import { viewOf } from '../../../src/main/certification/view.ts';
import { beginning, eventsAt, keyOf, type Circumstances } from './model.ts';
import { viewContext } from './samples.ts';

/** What a pass by somebody else than this device is called. */
const CONFIRMING: ReadonlySet<string> = new Set(['ok.confirmed', 'ok.matched']);

/** States of one exploration, at most: more would mean that something counts up without end. */
const MOST_STATES = 8_000;

/** What ends every step without anybody doing anything. */
const ENDED_BY: Partial<Record<FlowStep, string>> = {
  challenge: 'the watch over the challenge',
  deciding: 'limits of the inference and of keeping materials',
  committing: 'the commit, which takes no time',
  awaiting: 'AWAIT_MS',
  result: 'the countdown',
  'other-method': 'the countdown',
};

export function passes(state: FlowState): boolean {
  return 'ending' in state && stateOf(state.ending.reason) === 'passed';
}

/** The only ways to a pass. */
function mayPass(state: FlowState, event: FlowEvent): boolean {
  const run = runOf(state);
  if (!run) return false;
  if (event.type === 'hand-off-seen') {
    if (state.step !== 'hand-off' || event.state.state !== 'ended') return false;
    return event.state.outcome.state === 'passed' && CONFIRMING.has(event.state.outcome.reason) && !run.riskReview;
  }
  if (event.type === 'decided') {
    const open = 'ending' in state && /^verification\.(pending|captured)$/.test(state.ending.reason);
    return open && state.step !== 'committing' && event.decided === 'passed' && CONFIRMING.has(event.reason);
  }
  if (state.step !== 'deciding' || event.type !== 'judged') return false;
  const compared =
    run.scheme.reference === 'none' ? run.scheme.identity === 'none' : event.comparison?.outcome === 'match';
  return (
    compared &&
    event.liveness.verdict === 'live' &&
    isLastPart(run.route) &&
    event.swapped !== true &&
    (event.ruling?.effect ?? null) === null &&
    run.scheme.decides === 'device' &&
    !onlyCaptures(run) &&
    !run.riskReview &&
    run.documentWarning === null &&
    run.printedPortrait === null
  );
}

/** Every rule that holds for every step of the flow; empty where none is broken. */
function broken(before: FlowState, event: FlowEvent, { state, effects }: Step): readonly string[] {
  const run = runOf(state);
  const kinds = effects.map(({ type }) => type);
  const rules: readonly (readonly [string, boolean])[] = [
    ['passes only where it may', !passes(state) || passes(before) || mayPass(before, event)],
    ['a result has a record', state.step !== 'result' || 'committed' in before || event.type === 'committed'],
    [
      'an ended certification is committed',
      state.step !== 'committing' || before.step === 'committing' || kinds.includes('commit'),
    ],
    ['a committed certification is wiped', before.step !== 'committing' || state === before || kinds.includes('wipe')],
    ['a breakdown wipes', event.type !== 'out-of-service' || !runOf(before) || kinds.includes('wipe')],
    ['no capture without consent', !kinds.includes('open-capture') || run?.consent?.capture === true],
    ['no challenge without consent', !kinds.includes('begin-challenge') || run?.consent?.capture === true],
    ['nobody is identified before they agree', !identifies(kinds) || (run?.consent ?? null) !== null],
    ['nothing is sent without consent', !isLeftToVerifier(state) || run?.consent?.transmit === true],
    ['no page is opened without consent', !kinds.includes('open-hand-off') || run?.consent?.transmit === true],
    [
      'a page that nobody waits for is closed',
      before.step !== 'hand-off' || state.step === 'hand-off' || kinds.includes('close-hand-off'),
    ],
    ['a refused face is not looked at', run?.refusedFace !== true || !LOOKING.has(state.step)],
    [
      'the rules about risk come before the face',
      !run || !LOOKING.has(state.step) || run.ruled || run.scheme.identity === 'none',
    ],
    ['a child has a guardian', !run || !LOOKING.has(state.step) || !run.guardianNeeded || run.guardian !== null],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}

const LOOKING = new Set<FlowStep>(['position', 'challenge', 'hand-off']);

function identifies(kinds: readonly string[]): boolean {
  return kinds.includes('read-card') || kinds.includes('rule-risk') || kinds.includes('keep-question');
}

function isLeftToVerifier(state: FlowState): boolean {
  return 'ending' in state && /^verification\.(pending|captured)$/.test(state.ending.reason);
}

/** What is wrong with a state by itself. */
function unfit(state: FlowState): readonly string[] {
  const view = viewOf(state, viewContext);
  const run = runOf(state);
  const leaves = (['cancel', 'timed-out', 'done'] as const).some(
    (type) => reduce(state, { type }, 0).state.step !== state.step,
  );
  const ends = WATCHED_STEPS.has(state.step) || ENDED_BY[state.step] !== undefined;
  const resting = state.step === 'attract' || state.step === 'maintenance';
  const rules: readonly (readonly [string, boolean])[] = [
    ['has an exit', leaves || resting || state.step === 'committing'],
    ['has a timeout', ends || resting],
    ['shows a result only with a record', view.screen !== 'result' || 'committed' in state],
    ['has the camera on only with consent', view.camera === null || mayLook(run)],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => `${state.step}: ${rule}`);
}

function mayLook(run: ReturnType<typeof runOf>): boolean {
  return run !== null && run.consent !== null && (run.consent.capture || !facesCamera(run));
}

/** Every state that can be reached, and every rule that is broken on the way. */
export function explore(scheme: Scheme, circumstances: Circumstances) {
  const start = beginning(scheme, circumstances);
  const first: FlowState = { step: 'attract' };
  const seen = new Map<string, FlowState>([[keyOf(first), first]]);
  const problems = new Set<string>();
  const queue: FlowState[] = [first];
  for (let state = queue.pop(); state; state = queue.pop()) {
    for (const event of eventsAt(state, start)) {
      const next = reduce(state, event, 0);
      if (next.state === state && next.effects.length === 0) continue;
      for (const problem of broken(state, event, next)) problems.add(`${state.step} × ${event.type}: ${problem}`);
      const key = keyOf(next.state);
      if (seen.has(key)) continue;
      seen.set(key, next.state);
      for (const problem of unfit(next.state)) problems.add(problem);
      if (seen.size > MOST_STATES) return { problems: [`more than ${MOST_STATES} states`], states: [...seen.values()] };
      queue.push(next.state);
    }
  }
  return { problems: [...problems], states: [...seen.values()] };
}
