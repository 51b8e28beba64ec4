import type {
  RiskCondition,
  RiskEffect,
  RiskFinding,
  RiskKind,
  RiskPolicy,
  RiskRuling,
} from '../../shared/domain/risk.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';

/** When a rule is asked: before anything, once somebody is identified, once a face is known to be alive. */
export type RiskMoment = 'start' | 'identity' | 'face';

const MOMENTS: Readonly<Record<RiskKind, RiskMoment>> = {
  'terminal-attempts': 'start',
  hours: 'start',
  'camera-changed': 'start',
  clock: 'start',
  'person-attempts': 'identity',
  'number-faces': 'face',
  'face-numbers': 'face',
  'virtual-camera': 'face',
};

/** What was counted or measured, and what it is held against. */
export interface Measured {
  readonly measured: number | null;
  readonly limit: number | null;
}

/** What a condition finds; null: nothing. What can't be read is a failure, never null. */
export type Observe = (condition: RiskCondition) => Result<Measured | null, Failure>;

const GRAVITY = { review: 1, 'step-up': 2, block: 3 } as const satisfies Record<RiskEffect['kind'], number>;

/** Rules that hold for a scene at one moment. */
export function rulesAt({ rules }: RiskPolicy, sceneId: string, moment: RiskMoment): RiskPolicy['rules'] {
  return rules.filter(
    ({ enabled, sceneIds, when }) =>
      enabled && MOMENTS[when.kind] === moment && (sceneIds === null || sceneIds.includes(sceneId)),
  );
}

/**
 * Asks the rules of one moment, in their order. The gravest effect wins (block, then step-up, then review; of equals the
 * first), and every finding is listed whether it won or not.
 */
export function evaluateRules(
  policy: RiskPolicy,
  sceneId: string,
  moment: RiskMoment,
  observe: Observe,
): Result<RiskRuling, Failure> {
  const findings: RiskFinding[] = [];
  let effect: RiskEffect | null = null;
  for (const rule of rulesAt(policy, sceneId, moment)) {
    const found = observe(rule.when);
    if (!found.ok) return found;
    if (found.value === null) continue;
    findings.push({ rule: rule.id, kind: rule.when.kind, effect: rule.effect.kind, ...found.value });
    if (effect === null || GRAVITY[rule.effect.kind] > GRAVITY[effect.kind]) effect = rule.effect;
  }
  return ok({ effect, findings });
}

/** What counting says once a limit is reached. */
export function reached(measured: number, limit: number): Measured | null {
  return measured >= limit ? { measured, limit } : null;
}
