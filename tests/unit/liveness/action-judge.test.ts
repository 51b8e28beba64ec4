import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActionJudge } from '../../../src/main/liveness/action-judge.ts';
import { ACTIONS, type Action } from '../../../src/shared/domain/challenge.ts';
import type { FramedEvidence } from '../../../src/shared/domain/liveness.ts';
import { frameOf, meshOf, photoMeshOf, withNoise, type FacePose } from './moving-mesh.ts';
import { asking, play, seeded } from './simulated-actor.ts';

function measured(evidence: FramedEvidence): Extract<FramedEvidence, { state: 'measured' }> {
  if (evidence.state !== 'measured') throw new Error(evidence.detail);
  return evidence;
}

function verdictOf(evidence: FramedEvidence) {
  const { refuted, missing } = measured(evidence);
  return { refuted, missing };
}

const PASSED = { refuted: [], missing: [] };

describe('a cooperative person', () => {
  it.each(ACTIONS)('passes with %s', (action) => {
    const { evidence, progress } = play(asking(action));
    expect(verdictOf(evidence)).toEqual(PASSED);
    expect(progress).toMatchObject({ kind: 'action', action: null, index: 1, count: 1, ended: true });
  });

  it('does any two actions in 3–5 s at 15 and 20 frames a second', () => {
    const times = [15, 20].flatMap((framesPerSecond) =>
      ACTIONS.flatMap((first) =>
        ACTIONS.filter((second) => second !== first).map((second) => {
          const { evidence, totalMs } = play(asking(first, second), { framesPerSecond, reactionMs: 450 });
          expect(verdictOf(evidence), `${first}, ${second} at ${framesPerSecond}`).toEqual(PASSED);
          return totalMs;
        }),
      ),
    );
    expect(times).toHaveLength(40);
    expect(Math.min(...times)).toBeGreaterThan(3_000);
    expect(Math.max(...times)).toBeLessThan(5_000);
  });

  it('is told apart by numbers', () => {
    const { measures } = measured(play(asking('turn-left', 'blink')).evidence);
    expect(measures).toMatchObject({ actionsDone: 2, wrongActions: 0, flatTurns: 0, jumps: 0 });
    expect(measures['yawPeakDegrees']).toBeGreaterThan(20);
    expect(measures['parallaxResidualTurn']).toBeGreaterThan(0.04);
    expect(measures['blinkDepth']).toBeGreaterThan(0.5);
    expect(measures['reactionMs1']).toBeGreaterThan(400);
  });

  it('passes when frames are dropped at random, up to every third', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.1, 0.2, 0.33), (seed, share) => {
        const random = seeded(seed);
        const { evidence } = play(asking('turn-right', 'open-mouth'), {
          framesPerSecond: 20,
          drops: () => random() < share,
        });
        expect(verdictOf(evidence)).toEqual(PASSED);
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  it('is shown nothing of what comes next, and left and right are the own ones', () => {
    expect(verdictOf(play(asking('turn-left')).evidence)).toEqual(PASSED);
    const mirrored = play(asking('turn-left'), { answer: () => 'turn-right' });
    expect(verdictOf(mirrored.evidence)).toEqual({
      refuted: ['liveness.wrong-action'],
      missing: ['capture.action-not-done'],
    });
  });

  it('may blink while something else is asked, and before', () => {
    const idle = (atMs: number): FacePose => (atMs % 1_000 < 150 ? { eyes: 0.1 } : {});
    const { evidence } = play(asking('open-mouth'), { idle });
    expect(verdictOf(evidence)).toEqual(PASSED);
  });

  it('may be slow when patience is set', () => {
    const scenario = { reactionMs: 4_200 };
    expect(verdictOf(play(asking('nod'), { ...scenario, patience: 2 }).evidence)).toEqual(PASSED);
    expect(verdictOf(play(asking('nod'), scenario).evidence).missing).toContain('capture.action-not-done');
  });
});

describe('somebody who does something else', () => {
  it('is asked again after one wrong action and passes', () => {
    const { evidence, prompts } = play(asking('nod'), { answer: (action, i) => (i === 0 ? 'open-mouth' : action) });
    expect(prompts).toBe(2);
    expect(verdictOf(evidence)).toEqual(PASSED);
    expect(measured(evidence).measures['wrongActions']).toBe(1);
  });

  it('is refuted after two, whatever was asked', () => {
    const others: Record<Action, Action> = {
      blink: 'open-mouth',
      'open-mouth': 'nod',
      'turn-left': 'nod',
      'turn-right': 'turn-left',
      nod: 'turn-left',
    };
    for (const action of ACTIONS) {
      const { evidence, progress } = play(asking(action), { answer: () => others[action] });
      expect(verdictOf(evidence).refuted, action).toEqual(['liveness.wrong-action']);
      expect(progress.ended).toBe(true);
    }
  });

  it('has not done it when nothing happens, within 40 s', () => {
    const { evidence, progress, prompts } = play(asking('blink', 'nod'), { answer: () => null });
    expect(verdictOf(evidence)).toEqual({ refuted: [], missing: ['capture.action-not-done'] });
    expect(prompts).toBe(3);
    expect(progress.ended).toBe(true);
  });

  it('is never asked while the face doesn’t rest', () => {
    const restless = (atMs: number): FacePose => (atMs > 700 && atMs % 800 > 400 ? { lips: 3 } : {});
    const { evidence, prompts } = play(asking('open-mouth'), { idle: restless, answer: () => null });
    expect(prompts).toBe(0);
    expect(verdictOf(evidence).missing).toContain('capture.action-not-done');
  });

  it('does not pass when it was under way with the prompt', () => {
    const { evidence } = play(asking('nod'), { reactionMs: 0 });
    expect(verdictOf(evidence).missing).toContain('capture.action-not-done');
  });

  it('is refuted with another challenge’s sequence', () => {
    const { evidence } = play(asking('turn-left', 'open-mouth', 'nod'), {
      answer: (_, i) => (['nod', 'open-mouth', 'turn-left'] as const)[i % 3]!,
    });
    expect(verdictOf(evidence).refuted).toEqual(['liveness.wrong-action']);
  });
});

describe('a picture of a face', () => {
  it.each([
    ['flat', Infinity],
    ['bent', 12],
    ['bent the other way', -12],
    ['bent strongly', 7],
  ])('does not pass when it is %s and turned', (_, bend) => {
    const random = seeded(3);
    const { evidence } = play(asking('turn-left'), {
      mesh: ({ yaw = 0 }) => withNoise(photoMeshOf(-1.8 * yaw, bend), random),
    });
    expect(verdictOf(evidence)).not.toEqual(PASSED);
    expect(measured(evidence).measures['actionsDone']).toBe(0);
  });

  it('does nothing when it is held still', () => {
    const random = seeded(3);
    for (const action of ACTIONS) {
      const { evidence } = play(asking(action), { mesh: () => withNoise(meshOf({}), random) });
      expect(verdictOf(evidence), action).toEqual({ refuted: [], missing: ['capture.action-not-done'] });
    }
  });
});

describe('a broken clip', () => {
  it('names a camera that is too slow', () => {
    const { evidence } = play(asking('turn-left'), { framesPerSecond: 5 });
    expect(verdictOf(evidence).missing).toContain('camera.too-slow');
  });

  it('passes or names a reason, and always ends, when half of the frames are missing', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seeded(seed);
        const { evidence, progress } = play(asking('blink'), { drops: () => random() < 0.5 });
        expect(progress.ended).toBe(true);
        expect(measured(evidence).refuted).toEqual([]);
      }),
      { numRuns: 30, seed: 6 },
    );
  });

  it('starts anew when the face was away', () => {
    const away = (atMs: number): boolean => atMs > 1_000 && atMs < 2_000;
    const { evidence, totalMs } = play(asking('nod'), {
      mesh: (pose, atMs) => (away(atMs) ? null : meshOf(pose)),
    });
    expect(totalMs).toBeGreaterThan(3_500);
    expect(verdictOf(evidence)).toEqual(PASSED);
  });

  it('names an absent face', () => {
    const { evidence, progress } = play(asking('nod'), { mesh: () => null });
    expect(progress).toMatchObject({ hint: 'no-face', ended: true });
    expect(verdictOf(evidence).missing).toContain('capture.no-face');
  });

  it('names a second face', () => {
    const { evidence, progress } = play(asking('nod'), { frame: (atMs) => (atMs > 800 ? { faces: 2 } : {}) });
    expect(progress).toMatchObject({ hint: 'several-faces', ended: true });
    expect(verdictOf(evidence).missing).toEqual(['capture.several-faces', 'capture.action-not-done']);
  });

  it('refutes another face', () => {
    const { evidence, progress } = play(asking('nod', 'blink'), {
      frame: (atMs) => ({ similarity: atMs < 1_500 ? 0.9 : 0.1 }),
    });
    expect(progress.ended).toBe(true);
    expect(verdictOf(evidence).refuted).toEqual(['liveness.face-swapped']);
  });

  it('starts anew when the face jumps', () => {
    const { evidence } = play(asking('nod'), {
      mesh: (pose, atMs) => meshOf({ ...pose, x: Math.floor(atMs / 300) % 2 === 0 ? 100 : 230 }),
    });
    expect(verdictOf(evidence).missing).toContain('capture.action-not-done');
    expect(measured(evidence).measures['jumps']).toBeGreaterThan(10);
  });

  it('never passes when the clock leaps', () => {
    const { evidence, progress } = play(asking('nod', 'blink'), {
      clock: (atMs) => atMs + (atMs > 1_500 ? 3_600_000 : 0),
    });
    expect(progress.ended).toBe(true);
    expect(verdictOf(evidence).missing).toContain('capture.action-not-done');
  });

  it('counts no frame that is not later than the one before', () => {
    const judge = createActionJudge(asking('blink'));
    const first = judge.see(frameOf(1_000, meshOf({})));
    expect(judge.see(frameOf(1_000, meshOf({ eyes: 0 })))).toEqual(first);
    expect(judge.see(frameOf(400, meshOf({ eyes: 0 })))).toEqual(first);
    expect(measured(judge.evidence() as FramedEvidence).measures['frames']).toBe(1);
  });

  it('is unmeasured without a frame', () => {
    expect(createActionJudge(asking('blink')).evidence()).toMatchObject({ state: 'unmeasured' });
  });

  it('takes broken meshes for no face', () => {
    const { evidence } = play(asking('nod'), { mesh: () => new Float32Array(468 * 3).fill(NaN) });
    expect(verdictOf(evidence).missing).toContain('capture.no-face');
  });
});

it('never passes for arbitrary movements that come before any prompt', () => {
  const pose = fc.record({
    yaw: fc.integer({ min: -35, max: 35 }),
    pitch: fc.integer({ min: -20, max: 20 }),
    lips: fc.double({ min: 0, max: 3, noNaN: true }),
    eyes: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(pose, { minLength: 5, maxLength: 60 }), (poses) => {
      const judge = createActionJudge(asking('nod', 'open-mouth'));
      let prompted = false;
      for (const [i, each] of poses.entries()) {
        const progress = judge.see(frameOf(60 * i, meshOf(each)));
        prompted ||= progress.kind === 'action' && progress.action !== null;
        if (prompted) break;
      }
      const evidence = measured(judge.evidence() as FramedEvidence);
      expect(evidence.missing).toContain('capture.action-not-done');
    }),
    { numRuns: 100, seed: 8 },
  );
});
