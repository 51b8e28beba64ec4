import { describe, expect, it } from 'vitest';
import { stepNames, stepsDone } from '../../../src/renderer/kiosk/steps-done.ts';
import { fixtureView, type FixtureName } from '../../../src/renderer/kiosk/gallery/fixtures.ts';
import { PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import { stepPlanOf, type KioskStepPlan } from '../../../src/shared/ipc/kiosk-steps.ts';

const at = (name: FixtureName, steps: KioskStepPlan) => ({
  ...fixtureView(name, { language: 'zh-CN', elder: false, demo: false }),
  steps,
});

describe('the named steps of a scheme', () => {
  it('has some for every preset that somebody sees, and ends each with done', () => {
    const seen = PRESET_SCHEMES.filter(({ actor }) => actor !== 'caller');
    expect(seen.length).toBeGreaterThan(10);
    for (const scheme of seen) {
      const names = stepNames({ steps: stepPlanOf(scheme) });
      expect([scheme.id, names.length >= 2, names.at(-1)]).toEqual([scheme.id, true, 'done']);
    }
  });

  it('names no card where there is none, and no camera where none looks', () => {
    const base = { actor: 'person', identity: 'typed', liveness: 'none', check: 'phone', asks: ['phone'] } as const;
    expect(stepPlanOf({ ...base, asks: ['phone'] })).toEqual({ identifying: 'typing', checking: 'matching' });
    expect(stepPlanOf({ ...base, identity: 'given', asks: [] })).toEqual({ identifying: null, checking: 'matching' });
    expect(stepPlanOf({ ...base, identity: 'given', asks: ['bankCard'] })).toEqual({
      identifying: 'typing',
      checking: 'matching',
    });
    expect(stepPlanOf({ ...base, identity: 'none', asks: [], liveness: 'scene', check: null })).toEqual({
      identifying: null,
      checking: 'camera',
    });
    expect(stepPlanOf({ ...base, actor: 'phone', identity: 'chip-card', asks: [] })).toEqual({
      identifying: 'card',
      checking: 'phone',
    });
  });
});

describe('how far somebody is', () => {
  it('counts only the steps that are shown', () => {
    const noCard = { identifying: null, checking: 'camera' } as const;
    expect((['consent', 'position', 'deciding', 'passed'] as const).map((name) => stepsDone(at(name, noCard)))).toEqual(
      [0, 0, 1, 2],
    );
    const elements = { identifying: 'typing', checking: 'matching' } as const;
    expect(
      (['element-phone', 'deciding', 'awaiting', 'pending', 'passed'] as const).map((name) =>
        stepsDone(at(name, elements)),
      ),
    ).toEqual([0, 1, 1, 2, 3]);
    const cardOnly = { identifying: 'card', checking: null } as const;
    expect((['card', 'deciding', 'read'] as const).map((name) => stepsDone(at(name, cardOnly)))).toEqual([0, 1, 2]);
  });
});
