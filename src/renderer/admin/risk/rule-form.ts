import { riskRuleSchema, type RiskEffect, type RiskKind, type RiskRule } from '../../../shared/domain/risk.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export const RISK_KINDS = [
  'person-attempts',
  'terminal-attempts',
  'number-faces',
  'face-numbers',
  'hours',
  'camera-changed',
  'virtual-camera',
  'clock',
] as const satisfies readonly RiskKind[];
export const RISK_EFFECTS = ['review', 'block', 'step-up'] as const satisfies readonly RiskEffect['kind'][];

export type RuleNumber = 'atLeast' | 'hours' | 'minutes';
type Range = readonly [min: number, max: number];

/** Which numbers a kind of rule has, and from which to which each goes: as the rule's schema has them. */
export const RULE_NUMBERS: Readonly<Record<RiskKind, Readonly<Partial<Record<RuleNumber, Range>>>>> = {
  'person-attempts': { atLeast: [1, 10_000], hours: [1, 720] },
  'terminal-attempts': { atLeast: [1, 10_000], hours: [1, 720] },
  'number-faces': { atLeast: [2, 20], hours: [1, 72] },
  'face-numbers': { atLeast: [2, 20], hours: [1, 72] },
  hours: {},
  'camera-changed': { hours: [1, 720] },
  'virtual-camera': {},
  clock: { minutes: [1, 1_440] },
};

/** A rule as its form holds it. */
export interface RuleDraft extends Readonly<Record<RuleNumber, string>> {
  readonly id: string;
  readonly enabled: boolean;
  readonly kind: RiskKind;
  readonly from: string;
  readonly to: string;
  readonly everywhere: boolean;
  readonly sceneIds: readonly string[];
  readonly effect: RiskEffect['kind'];
  readonly scheme: string;
}
export type RuleField = 'id' | RuleNumber | 'from' | 'to' | 'sceneIds' | 'scheme';

const FRESH: RuleDraft = {
  id: '',
  enabled: true,
  kind: 'person-attempts',
  atLeast: '5',
  hours: '24',
  minutes: '5',
  from: '08:00',
  to: '18:00',
  everywhere: true,
  sceneIds: [],
  effect: 'review',
  scheme: '',
};

export function ruleDraft(rule: RiskRule | null): RuleDraft {
  if (rule === null) return FRESH;
  const { kind, ...numbers } = rule.when;
  const texts = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
  return {
    ...FRESH,
    ...texts,
    id: rule.id,
    enabled: rule.enabled,
    kind,
    everywhere: rule.sceneIds === null,
    sceneIds: rule.sceneIds ?? [],
    effect: rule.effect.kind,
    scheme: rule.effect.kind === 'step-up' ? rule.effect.scheme : '',
  };
}

function readNumbers(draft: RuleDraft, problems: { -readonly [Field in RuleField]?: Problem }): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, [min, max]] of Object.entries(RULE_NUMBERS[draft.kind]) as [RuleNumber, Range][]) {
    const text = draft[name].trim();
    const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) numbers[name] = value;
    else problems[name] = { key: 'risk.form.problem.number', values: { min, max } };
  }
  return numbers;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function readTimes(draft: RuleDraft, problems: { -readonly [Field in RuleField]?: Problem }): Record<string, string> {
  if (draft.kind !== 'hours') return {};
  for (const field of ['from', 'to'] as const) {
    if (!TIME.test(draft[field].trim())) problems[field] = { key: 'risk.form.problem.time' };
  }
  return { from: draft.from.trim(), to: draft.to.trim() };
}

/** Reads the form. `taken`: the codes of the other rules. */
export function parseRule(draft: RuleDraft, taken: readonly string[]): Parsed<RiskRule, RuleField> {
  const problems: { -readonly [Field in RuleField]?: Problem } = {};
  const id = draft.id.trim();
  if (!riskRuleSchema.shape.id.safeParse(id).success) problems.id = { key: 'risk.form.problem.id' };
  else if (taken.includes(id)) problems.id = { key: 'risk.form.problem.taken' };
  const when = { kind: draft.kind, ...readNumbers(draft, problems), ...readTimes(draft, problems) };
  if (!draft.everywhere && draft.sceneIds.length === 0) problems.sceneIds = { key: 'risk.form.problem.scenes' };
  if (draft.effect === 'step-up' && draft.scheme === '') problems.scheme = { key: 'risk.form.problem.scheme' };
  return parsed(problems, () =>
    riskRuleSchema.parse({
      id,
      enabled: draft.enabled,
      sceneIds: draft.everywhere ? null : draft.sceneIds,
      when,
      effect: draft.effect === 'step-up' ? { kind: 'step-up', scheme: draft.scheme } : { kind: draft.effect },
    }),
  );
}
