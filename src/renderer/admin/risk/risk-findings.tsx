import type { ReactNode } from 'react';
import type { RiskFinding } from '../../../shared/domain/risk.ts';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';
import { RISK_KINDS } from './rule-form.ts';

/** A kind of rule in words; one that this version doesn't know by its own name. */
export function kindText(kind: string, t: Translate): string {
  const known = RISK_KINDS.find((each) => each === kind);
  return known === undefined ? kind : t(`risk.kind.${known}`);
}

/** What was counted against its limit; empty where nothing is counted. */
export function measuredText({ measured, limit }: RiskFinding, t: Translate): string {
  return measured === null || limit === null ? '' : t('risk.findingMeasured', { measured, limit });
}

/** What the rules found in one certification. */
export function RiskFindings(props: { readonly findings: readonly RiskFinding[] }): ReactNode {
  const { t } = useWords();
  return (
    <ul className="plain findings">
      {props.findings.map((finding) => (
        <li key={`${finding.rule} ${finding.kind}`}>
          {t('risk.finding', {
            rule: finding.rule,
            kind: kindText(finding.kind, t),
            effect: t(`risk.effect.${finding.effect}`),
          })}
          <small className="muted">{measuredText(finding, t)}</small>
        </li>
      ))}
    </ul>
  );
}
