import { describe, expect, it } from 'vitest';
import { conditionText, effectText } from '../../../src/renderer/admin/risk/risk-words.ts';
import {
  parseRule,
  RISK_KINDS,
  RULE_NUMBERS,
  ruleDraft,
  type RuleNumber,
} from '../../../src/renderer/admin/risk/rule-form.ts';
import { LANGUAGES, translator } from '../../../src/renderer/admin/translation.ts';
import { DEFAULT_RISK_POLICY, riskConditionSchema, type RiskRule } from '../../../src/shared/domain/risk.ts';

const RULES: readonly RiskRule[] = [
  ...DEFAULT_RISK_POLICY.rules,
  {
    id: 'many-faces',
    enabled: false,
    sceneIds: ['counter', 'coupon'],
    when: { kind: 'number-faces', atLeast: 3, hours: 12 },
    effect: { kind: 'step-up', scheme: 'LightIdentity' },
  },
  {
    id: 'opening-hours',
    enabled: true,
    sceneIds: null,
    when: { kind: 'hours', from: '08:30', to: '17:30' },
    effect: { kind: 'block' },
  },
  { id: 'clock', enabled: true, sceneIds: null, when: { kind: 'clock', minutes: 5 }, effect: { kind: 'review' } },
];

describe('the form of a rule', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('gives back %s', (_id, rule) => {
    expect(parseRule(ruleDraft(rule), [])).toEqual({ ok: true, value: rule });
  });

  it('takes the same numbers as rules do', () => {
    const ends = RISK_KINDS.flatMap((kind) =>
      (Object.entries(RULE_NUMBERS[kind]) as [RuleNumber, readonly [number, number]][]).flatMap(([name, [min, max]]) =>
        [min - 1, min, max, max + 1].map((value) => ({ kind, name, value, fits: value >= min && value <= max })),
      ),
    );
    expect(ends.length).toBeGreaterThan(30);
    for (const { kind, name, value, fits } of ends) {
      const result = parseRule(
        { ...ruleDraft(null), id: 'rule', kind, hours: '24', atLeast: '5', [name]: String(value) },
        [],
      );
      expect(result.ok, `${kind} ${name} ${value}`).toBe(fits);
      const numbers = { atLeast: 5, hours: 24, minutes: 5, [name]: value };
      const own = Object.fromEntries(Object.keys(RULE_NUMBERS[kind]).map((key) => [key, numbers[key as RuleNumber]]));
      expect(riskConditionSchema.safeParse({ kind, ...own }).success, `${kind} ${name} ${value}`).toBe(fits);
    }
  });

  it.each([
    [{ id: 'Rule' }, 'id', { key: 'risk.form.problem.id' }],
    [{ id: 'clock' }, 'id', { key: 'risk.form.problem.taken' }],
    [{ hours: '' }, 'hours', { key: 'risk.form.problem.number', values: { min: 1, max: 720 } }],
    [{ kind: 'hours', from: '24:00' }, 'from', { key: 'risk.form.problem.time' }],
    [{ everywhere: false, sceneIds: [] }, 'sceneIds', { key: 'risk.form.problem.scenes' }],
    [{ effect: 'step-up', scheme: '' }, 'scheme', { key: 'risk.form.problem.scheme' }],
  ] as const)('marks %j', (change, field, problem) => {
    expect(parseRule({ ...ruleDraft(null), id: 'rule', ...change }, ['clock'])).toEqual({
      ok: false,
      problems: { [field]: problem },
    });
  });
});

describe('a rule in words', () => {
  it.each(LANGUAGES)('names its numbers in %s', (language) => {
    const t = translator(language);
    const texts = RULES.flatMap((rule) => [conditionText(rule, t), effectText(rule.effect, t)]);
    expect(texts.filter((text) => /risk\.|\{\{/.test(text))).toEqual([]);
    expect(conditionText(RULES[2]!, t)).toContain('3');
    expect(conditionText(RULES[2]!, t)).toContain('12');
    expect(effectText(RULES[2]!.effect, t)).toContain('LightIdentity');
  });
});
