import { describe, expect, it } from 'vitest';
import { PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import type { FlowState } from '../../../src/main/certification/flow-state.ts';
import { CIRCUMSTANCES } from './model.ts';
import { explore, passes } from './model-rules.ts';

const PEOPLE = PRESET_SCHEMES.filter(({ actor }) => actor !== 'caller');

describe('every scheme, in all circumstances', () => {
  for (const circumstances of CIRCUMSTANCES) {
    const { policy, online } = circumstances;
    it.each(PEOPLE.map((scheme) => [scheme.id, scheme] as const))(
      `%s, ${policy}, ${online ? 'online' : 'offline'}: keeps every rule in every state`,
      (_id, scheme) => {
        const { problems, states } = explore(scheme, circumstances);
        expect(problems).toEqual([]);
        expect(states.length).toBeGreaterThan(60);
        expect(reachesPass(states)).toBe(true);
      },
    );
  }

  it('is all there is but what serves callers alone', () => {
    expect(PEOPLE.length).toBeGreaterThan(25);
    expect(PRESET_SCHEMES.length - PEOPLE.length).toBe(PRESET_SCHEMES.filter(({ actor }) => actor === 'caller').length);
  });
});

function reachesPass(states: readonly FlowState[]): boolean {
  return states.some((state) => state.step === 'result' && passes(state));
}
