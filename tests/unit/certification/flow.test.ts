import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/shared/clock.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { stateOf } from '../../../src/shared/reasons.ts';
import { reduce } from '../../../src/main/certification/flow.ts';
import type { FlowEvent } from '../../../src/main/certification/flow-event.ts';
import type { FlowState } from '../../../src/main/certification/flow-state.ts';
import type { Run } from '../../../src/main/certification/run.ts';
import { viewOf } from '../../../src/main/certification/view.ts';
import { beginRoute, isLastPart } from '../../../src/main/certification/liveness-route.ts';
import { CERTIFY_ID, eventOfEveryKind, judged, liveness, sampleRun, stateOfEveryStep, viewContext } from './samples.ts';

const clock: Clock = { wallMs: () => 0, monotonicMs: () => 1000 };

/** The only event and state from which a pass may come. */
function mayPass(state: FlowState, event: FlowEvent): boolean {
  return (
    state.step === 'deciding' &&
    event.type === 'judged' &&
    event.liveness.verdict === 'live' &&
    isLastPart(state.run.route) &&
    event.comparison?.outcome === 'match' &&
    event.swapped !== true &&
    state.run.documentWarning === null &&
    state.run.document?.portrait.state === 'decoded' &&
    state.run.typed === null &&
    state.run.printedPortrait === null
  );
}

function passes(state: FlowState): boolean {
  return (
    (state.step === 'committing' || state.step === 'result' || state.step === 'other-method') &&
    stateOf(state.ending.reason) === 'passed'
  );
}

describe('the flow, every state × every event', () => {
  for (const state of stateOfEveryStep()) {
    for (const event of eventOfEveryKind()) {
      it(`${state.step} × ${describeEvent(event)}`, () => {
        const next = reduce(state, event, clock.monotonicMs());
        if (passes(next.state) && !passes(state)) expect(mayPass(state, event)).toBe(true);
        if (next.state.step === 'result' && state.step !== 'result') {
          expect([state.step, event.type]).toEqual(['committing', 'committed']);
        }
        if (viewOf(next.state, viewContext).screen === 'result') expect(next.state).toHaveProperty('committed');
        // Whatever ends a certification commits a record of it.
        if (next.state.step === 'committing' && state.step !== 'committing') {
          expect(next.effects.map((effect) => effect.type)).toContain('commit');
        }
      });
    }
  }

  it('covers every step and every event', () => {
    const steps = new Set(stateOfEveryStep().map((state) => state.step));
    const events = new Set(eventOfEveryKind().map((event) => event.type));
    expect(steps.size).toBe(13);
    expect(events.size).toBe(34);
  });
});

describe('random walks through the flow', () => {
  it('pass only through a live, matching, committed certification', () => {
    const events = eventOfEveryKind();
    let passedOnce = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: events.length - 1 }), { maxLength: 60 }), (picks) => {
        let state: FlowState = { step: 'attract' };
        for (const pick of [...opening(events), ...picks.map((index) => events[index]!)]) {
          const before = state;
          state = reduce(state, pick, 0).state;
          if (passes(state) && !passes(before)) {
            passedOnce += 1;
            expect(mayPass(before, pick)).toBe(true);
          }
        }
      }),
      { numRuns: 3000, seed: 20261121 },
    );
    expect(passedOnce).toBeGreaterThan(0);
  });
});

describe('single steps', () => {
  it('ignores what belongs to another certification', () => {
    const state: FlowState = { step: 'deciding', run: sampleRun() };
    for (const event of eventOfEveryKind()) {
      if (!('certifyId' in event)) continue;
      const foreign = { ...event, certifyId: '01890a5d-ac96-774b-bcce-b302099a8058' } as FlowEvent;
      expect(reduce(state, foreign, 0)).toEqual({ state, effects: [] });
    }
  });

  it('takes consent to capture away from nobody: without it no capture is opened', () => {
    const state: FlowState = { step: 'consent', run: sampleRun() };
    const consent = { capture: false, transmit: true, version: 'v', givenAtMs: 0 };
    const next = reduce(state, { type: 'consent', consent }, 0);
    expect(next.state).toMatchObject({ step: 'committing', ending: { reason: 'user.refused-consent' } });
    expect(next.effects.map((effect) => effect.type)).toEqual(['stop-reading', 'commit']);
  });

  it('reads again after a pulled card and gives up after five tries', () => {
    let state: FlowState = { step: 'card', run: sampleRun(), phase: 'reading', problem: null };
    const pulled: FlowEvent = { type: 'card-failed', certifyId: CERTIFY_ID, failure: { code: 'card.pulled' } };
    for (let tries = 1; tries < 5; tries += 1) {
      const next = reduce(state, pulled, 0);
      expect(next.state).toMatchObject({ step: 'card', phase: 'searching', problem: 'card.pulled' });
      expect(next.effects).toEqual([{ type: 'read-card', certifyId: CERTIFY_ID }]);
      state = next.state;
    }
    expect(reduce(state, pulled, 0).state).toMatchObject({ step: 'committing', ending: { reason: 'card.pulled' } });
  });

  it('repeats the last mode that decided nothing with a fresh challenge, three times at most', () => {
    let run: Run = { ...sampleRun(), route: beginRoute(['light']) };
    const tooFew = judged(liveness('undecided', ['capture.too-few-frames']));
    for (let tries = 1; tries < 3; tries += 1) {
      const next = reduce({ step: 'deciding', run }, tooFew, 0);
      expect(next.state).toMatchObject({ step: 'position', run: { route: { tries, notice: null } } });
      expect(next.effects).toEqual([{ type: 'open-capture', certifyId: CERTIFY_ID, limits: {} }]);
      run = (next.state as Extract<FlowState, { step: 'position' }>).run;
    }
    const last = reduce({ step: 'deciding', run }, tooFew, 0);
    expect(last.state).toMatchObject({
      step: 'committing',
      run: { attempts: [{}, {}, { verdict: 'undecided', reasons: ['capture.too-few-frames'] }] },
      ending: { reason: 'capture.too-few-frames' },
    });
    const broken = reduce(
      { step: 'deciding', run: sampleRun() },
      judged(liveness('undecided', ['inference.image-invalid'])),
      0,
    );
    expect(broken.state).toMatchObject({ step: 'committing', ending: { reason: 'inference.image-invalid' } });
  });

  it('falls back to the next mode after two tries, or at once where another try is hopeless, and says why', () => {
    const tooFew = judged(liveness('undecided', ['capture.too-few-frames']));
    const again = reduce({ step: 'deciding', run: sampleRun() }, tooFew, 0).state;
    const { run } = again as Extract<FlowState, { step: 'position' }>;
    expect(reduce({ step: 'deciding', run }, tooFew, 0).state).toMatchObject({
      step: 'position',
      run: { route: { modes: ['action'], tries: 0, passed: 0, notice: 'capture.too-few-frames' } },
    });
    const bright = judged(liveness('undecided', ['capture.too-bright']));
    const fallen = reduce({ step: 'deciding', run: sampleRun() }, bright, 0);
    expect(fallen.state).toMatchObject({ step: 'position', run: { route: { notice: 'capture.too-bright' } } });
    expect(fallen.effects).toEqual([{ type: 'open-capture', certifyId: CERTIFY_ID, limits: {} }]);
    expect(viewOf(fallen.state, viewContext)).toMatchObject({ next: 'action', notice: 'capture.too-bright' });
  });

  it('never falls back from a refuted challenge', () => {
    const spoof = judged(liveness('spoof', ['liveness.flat-response']));
    expect(reduce({ step: 'deciding', run: sampleRun() }, spoof, 0).state).toMatchObject({
      step: 'committing',
      ending: { reason: 'liveness.flat-response' },
    });
  });

  it('asks for every part of a mode, in one capture', () => {
    const run = { ...sampleRun(), route: beginRoute(['light-blink', 'action']) };
    const live = judged(liveness('live'), {
      similarity: 0.6,
      score: 91,
      far: 1e-4,
      kind: 'live-chip',
      outcome: 'match',
    });
    const next = reduce({ step: 'deciding', run }, live, 0);
    expect(next).toMatchObject({ state: { step: 'position', run: { route: { passed: 1 } } }, effects: [] });
    const second = (next.state as Extract<FlowState, { step: 'position' }>).run;
    expect(viewOf(next.state, viewContext)).toMatchObject({ next: 'action', notice: null, mayAvoidFlashing: true });
    expect(reduce({ step: 'deciding', run: second }, live, 0).state).toMatchObject({
      step: 'committing',
      ending: { reason: 'ok.matched' },
    });
    // A part that decides nothing starts the mode anew.
    const undecided = judged(liveness('undecided', ['capture.action-not-done']));
    expect(reduce({ step: 'deciding', run: second }, undecided, 0)).toMatchObject({
      state: { step: 'position', run: { route: { modes: ['light-blink', 'action'], passed: 0, tries: 1 } } },
      effects: [{ type: 'open-capture' }],
    });
  });

  it('spares who asks for it the flashing, where the scene has another way, and calls the staff where not', () => {
    const asked: FlowEvent = { type: 'avoid-flashing' };
    const position = (run: Run): FlowState => ({ step: 'position', run, hint: null });
    expect(reduce(position(sampleRun()), asked, 0).state).toMatchObject({ run: { route: { modes: ['action'] } } });
    const none = { ...sampleRun(), route: beginRoute(['light', 'light-blink']) };
    expect(viewOf(position(none), viewContext)).toMatchObject({ mayAvoidFlashing: false });
    expect(reduce(position(none), asked, 0).state).toMatchObject({
      step: 'committing',
      ending: { reason: 'user.other-method', then: 'other-method' },
    });
  });

  it('refuses the answer to another challenge', () => {
    const run = sampleRun();
    const state: FlowState = { step: 'challenge', run, challenge: run.challenge! };
    const next = reduce(state, { type: 'challenge-played', certifyId: CERTIFY_ID, nonce: 'f'.repeat(32) }, 0);
    expect(next.state).toMatchObject({ step: 'committing', ending: { reason: 'challenge.replayed' } });
  });

  it('shows no verdict when the record could not be committed', () => {
    const state: FlowState = {
      step: 'committing',
      run: sampleRun(),
      ending: { reason: 'ok.matched', then: 'result' },
    };
    const next = reduce(state, { type: 'commit-failed', certifyId: CERTIFY_ID, failure: { code: 'store.full' } }, 0);
    expect(next.state).toEqual({ step: 'maintenance', reason: 'store.full' });
    expect(next.effects).toContainEqual({ type: 'wipe', certifyId: CERTIFY_ID });
  });

  it('comes back into service for the part that failed only', () => {
    const state: FlowState = { step: 'maintenance', reason: 'store.full' };
    expect(reduce(state, { type: 'back-in-service', part: 'inference' }, 0).state).toEqual(state);
    expect(reduce(state, { type: 'back-in-service', part: 'store' }, 0).state).toEqual({ step: 'attract' });
  });

  it('drops the portrait once the record is committed', () => {
    const run: Run = sampleRun();
    const committing: FlowState = { step: 'committing', run, ending: { reason: 'face.grey-band', then: 'result' } };
    const committed = eventOfEveryKind().find((event) => event.type === 'committed')!;
    const next = reduce(committing, committed, 0);
    expect(next.state).toMatchObject({ step: 'result', run: { document: { portrait: { state: 'absent' } } } });
  });

  it('clocks each stage', () => {
    let state: FlowState = {
      step: 'consent',
      run: { ...sampleRun(), document: null, stagesMs: {}, stageBeganMs: 1000 },
    };
    const consent = { capture: true, transmit: false, version: 'v', givenAtMs: 0 };
    state = reduce(state, { type: 'consent', consent }, 4000).state;
    expect(state).toMatchObject({ step: 'card', run: { stagesMs: { consent: 3000 }, stageBeganMs: 4000 } });
  });

  it('opens the capture with the limits of the scene', () => {
    const run = { ...sampleRun(), scene: { ...DEFAULT_SCENE, qualityLimits: { yaw: 15 } } };
    const consent = { capture: true, transmit: false, version: 'v', givenAtMs: 0 };
    const { effects } = reduce({ step: 'consent', run }, { type: 'consent', consent }, 0);
    expect(effects).toContainEqual({ type: 'open-capture', certifyId: CERTIFY_ID, limits: { yaw: 15 } });
  });

  it('skips the guide page unless the scene shows it', () => {
    const run = sampleRun();
    expect(reduce({ step: 'attract' }, { type: 'start', run }, 0).state.step).toBe('consent');
    const guided = { ...run, scene: { ...DEFAULT_SCENE, guidePage: true } };
    expect(reduce({ step: 'attract' }, { type: 'start', run: guided }, 0).state.step).toBe('guide');
  });
});

function opening(events: readonly FlowEvent[]): readonly FlowEvent[] {
  const first = (type: FlowEvent['type']): FlowEvent => events.find((event) => event.type === type)!;
  return [first('start'), first('consent'), first('card-read'), first('positioned'), first('challenge-played')];
}

function describeEvent(event: FlowEvent): string {
  const parts: string[] = [event.type];
  if ('failure' in event) parts.push(event.failure.code);
  if ('ruling' in event && 'kind' in event.ruling) parts.push(event.ruling.kind);
  if (event.type === 'judged') {
    parts.push(event.liveness.verdict, event.comparison?.outcome ?? 'not compared', event.swapped ? 'swapped' : '');
  }
  if (event.type === 'consent') parts.push(`capture ${event.consent.capture}`);
  return parts.join(' ');
}
