import { describe, expect, it } from 'vitest';
import { createClockWatch } from '../../../src/main/risk/clock-watch.ts';
import { evaluateRules, reached } from '../../../src/main/risk/evaluate.ts';
import { isOutside, startOfLocalDay } from '../../../src/main/risk/opening-hours.ts';
import { createRecentFaces, MOST_RECENT_FACES } from '../../../src/main/risk/recent-faces.ts';
import { createSlidingCounts } from '../../../src/main/risk/sliding-counts.ts';
import { certainSigns } from '../../../src/main/risk/virtual-signs.ts';
import {
  DEFAULT_RISK_POLICY,
  riskPolicySchema,
  type RiskEffect,
  type RiskPolicy,
} from '../../../src/shared/domain/risk.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';

const HOUR_MS = 3_600_000;

function policyOf(...effects: readonly RiskEffect[]): RiskPolicy {
  return riskPolicySchema.parse({
    rememberFaces: false,
    rules: effects.map((effect, index) => ({
      id: `rule-${index}`,
      enabled: true,
      sceneIds: null,
      when: { kind: 'terminal-attempts', atLeast: 1, hours: 1 },
      effect,
    })),
  });
}

const REVIEW = { kind: 'review' } as const;
const BLOCK = { kind: 'block' } as const;
const STRONGER = { kind: 'step-up', scheme: 'FaceInAdvanced' } as const;
const STRONGEST = { kind: 'step-up', scheme: 'FaceInMedium' } as const;

describe('what rules do together', () => {
  it.each([
    [[], null],
    [[REVIEW], REVIEW],
    [[REVIEW, BLOCK, STRONGER], BLOCK],
    [[REVIEW, STRONGER, REVIEW], STRONGER],
    [[STRONGER, STRONGEST], STRONGER],
  ] as const)('the gravest of %j is %j', (effects, gravest) => {
    const ruled = evaluateRules(policyOf(...effects), 'counter', 'start', () => ok({ measured: 3, limit: 1 }));
    expect(ruled).toEqual(
      ok({
        effect: gravest,
        findings: effects.map((effect, index) => ({
          rule: `rule-${index}`,
          kind: 'terminal-attempts',
          effect: effect.kind,
          measured: 3,
          limit: 1,
        })),
      }),
    );
  });

  it('never takes a failed count for nothing', () => {
    const failed = err(failure('store.unavailable'));
    expect(evaluateRules(policyOf(REVIEW), 'counter', 'start', () => failed)).toEqual(failed);
  });

  it('asks only rules that are on, of this scene and of this moment', () => {
    const policy = policyOf(REVIEW, REVIEW, REVIEW);
    const [first, second, third] = policy.rules;
    const rules = [
      { ...first!, enabled: false },
      { ...second!, sceneIds: ['other'] },
      { ...third!, when: { kind: 'virtual-camera' } as const },
    ];
    const asked = evaluateRules({ ...policy, rules }, 'counter', 'start', () => ok({ measured: 1, limit: 1 }));
    expect(asked).toEqual(ok({ effect: null, findings: [] }));
  });

  it('comes with rules that parse', () => {
    expect(riskPolicySchema.parse(DEFAULT_RISK_POLICY)).toEqual(DEFAULT_RISK_POLICY);
  });

  it.each([
    [4, 5, null],
    [5, 5, { measured: 5, limit: 5 }],
    [6, 5, { measured: 6, limit: 5 }],
  ])('%i of %i', (measured, limit, expected) => expect(reached(measured, limit)).toEqual(expected));
});

describe('opening hours', () => {
  it.each([
    ['08:00', '18:00', '07:59', true],
    ['08:00', '18:00', '08:00', false],
    ['08:00', '18:00', '17:59', false],
    ['08:00', '18:00', '18:00', true],
    ['22:00', '06:00', '21:59', true],
    ['22:00', '06:00', '22:00', false],
    ['22:00', '06:00', '00:00', false],
    ['22:00', '06:00', '05:59', false],
    ['22:00', '06:00', '06:00', true],
    ['09:00', '09:00', '03:00', false],
  ])('from %s to %s, %s is outside: %s', (from, to, at, outside) => {
    const [hours = 0, minutes = 0] = at.split(':').map(Number);
    expect(isOutside(hours * 60 + minutes, from, to)).toBe(outside);
  });

  it('finds the local midnight', () => {
    expect(startOfLocalDay(new Date(2026, 2, 2, 23, 59).getTime())).toBe(new Date(2026, 2, 2).getTime());
  });
});

describe('the clock', () => {
  it('sees what the wall clock was moved by and forgets it after a day', () => {
    const clock = manualClock(Date.UTC(2026, 2, 2, 9));
    const watch = createClockWatch(clock);
    clock.advance(HOUR_MS);
    watch.observe();
    expect([watch.movedMs(), watch.shiftMs()]).toEqual([0, 0]);
    clock.setWall(clock.wallMs() + 15 * HOUR_MS);
    watch.observe();
    expect([watch.movedMs(), watch.shiftMs()]).toEqual([15 * HOUR_MS, 15 * HOUR_MS]);
    clock.setWall(clock.wallMs() - 15 * HOUR_MS);
    watch.observe();
    expect([watch.movedMs(), watch.shiftMs()]).toEqual([30 * HOUR_MS, 0]);
    clock.advance(25 * HOUR_MS);
    watch.observe();
    expect(watch.movedMs()).toBe(0);
  });

  it('sees a clock that is moved in small steps', () => {
    const clock = manualClock(0);
    const watch = createClockWatch(clock);
    for (let step = 0; step < 10; step += 1) {
      clock.advance(60_000);
      clock.setWall(clock.wallMs() + 1_000);
      watch.observe();
    }
    expect(watch.movedMs()).toBe(10_000);
  });

  it('takes a sleep of the machine for a cause', () => {
    const clock = manualClock(0);
    const watch = createClockWatch(clock);
    clock.setWall(8 * HOUR_MS);
    watch.excuse();
    watch.observe();
    expect(watch.movedMs()).toBe(0);
  });

  it('never reaches back further than two days for a clock that was years off', () => {
    const clock = manualClock(0);
    const watch = createClockWatch(clock);
    clock.setWall(Date.UTC(2026, 0, 1));
    watch.observe();
    expect(watch.shiftMs()).toBe(48 * HOUR_MS);
  });
});

describe('recent faces', () => {
  const face = (value: number): Float32Array => new Float32Array([value, 1]);
  /** The same within 1, different from 3 on. */
  const compare = (a: Float32Array, b: Float32Array) => {
    const apart = Math.abs(a[0]! - b[0]!);
    return apart <= 1 ? 'same' : apart >= 3 ? 'different' : 'unsure';
  };
  const clock = manualClock(0);
  const fresh = () => createRecentFaces(clock, compare);

  it('counts different faces of one number, and no doubtful ones', () => {
    const recent = fresh();
    recent.add('a', face(10));
    recent.add('a', face(12));
    recent.add('b', face(90));
    expect(recent.facesOf('a', face(10.5), 1)).toBe(1);
    expect(recent.facesOf('a', face(20), 1)).toBe(2);
    expect(recent.facesOf('c', face(20), 1)).toBe(1);
  });

  it('counts numbers of one face, and only where it is certainly the same', () => {
    const recent = fresh();
    recent.add('a', face(10));
    recent.add('b', face(10.5));
    recent.add('c', face(12));
    expect(recent.numbersOf('d', face(10), 1)).toBe(3);
    expect(recent.numbersOf('a', face(10), 1)).toBe(2);
    expect(recent.numbersOf(null, face(10), 1)).toBe(2);
  });

  it('looks no further back than the rule says, and keeps nothing for longer than three days', () => {
    const recent = fresh();
    const old = face(10);
    recent.add('a', old);
    clock.advance(2 * HOUR_MS);
    expect(recent.numbersOf('b', face(10), 1)).toBe(1);
    expect(recent.numbersOf('b', face(10), 3)).toBe(2);
    clock.advance(71 * HOUR_MS);
    expect(recent.numbersOf('b', face(10), 72)).toBe(1);
    expect([recent.size(), [...old]]).toEqual([0, [0, 0]]);
  });

  it('is bounded, and overwrites what it drops', () => {
    const recent = fresh();
    const first = face(1);
    recent.add('first', first);
    for (let index = 0; index < MOST_RECENT_FACES; index += 1) recent.add(`n${index}`, face(100 + index * 5));
    expect([recent.size(), [...first]]).toEqual([MOST_RECENT_FACES, [0, 0]]);
  });

  it('forgets a person and everybody', () => {
    const recent = fresh();
    const [a, b] = [face(1), face(50)];
    recent.add('a', a);
    recent.add('b', b);
    recent.forget('a');
    expect([recent.size(), [...a], [...b]]).toEqual([1, [0, 0], [50, 1]]);
    recent.clear();
    expect([recent.size(), [...b]]).toEqual([0, [0, 0]]);
  });
});

describe('counting', () => {
  it('counts within windows and drops what is older', () => {
    const counts = createSlidingCounts(10 * HOUR_MS);
    for (let hour = 0; hour < 2_400; hour += 1) counts.add(hour % 2 === 0 ? 'even' : null, hour * HOUR_MS);
    expect(counts.countAll(2_395 * HOUR_MS)).toBe(5);
    expect(counts.count('even', 2_395 * HOUR_MS)).toBe(2);
    expect(counts.count('even', 0)).toBe(6);
    expect(counts.count('odd', 0)).toBe(0);
  });

  it('takes only signs that no real camera shows', () => {
    expect(certainSigns(['no-controls', 'even-timing', 'capture-device', 'unheard-of'])).toBe(0);
    expect(certainSigns(['virtual-name', 'virtual-name', 'no-hardware'])).toBe(2);
  });
});
