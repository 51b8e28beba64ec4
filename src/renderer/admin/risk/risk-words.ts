import type { RiskEffect, RiskRule } from '../../../shared/domain/risk.ts';
import type { Translate } from '../translation.ts';

/** A rule's condition with its numbers. */
export function conditionText({ when }: Pick<RiskRule, 'when'>, t: Translate): string {
  const { kind, ...numbers } = when;
  return t(`risk.when.${kind}`, numbers);
}

export function effectText(effect: RiskEffect, t: Translate): string {
  return effect.kind === 'step-up'
    ? t('risk.effectStepUp', { scheme: effect.scheme })
    : t(`risk.effect.${effect.kind}`);
}
