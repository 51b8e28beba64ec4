import type { ReactNode } from 'react';
import {
  STAGES,
  type CertificationRecord,
  type ComparisonSummary,
  type LivenessSummary,
} from '../../../shared/domain/certification.ts';
import { measured } from '../formats.ts';
import { Section, type Fact } from '../parts/page.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';

/** The comparison of the face with the portrait; scores are for staff only. */
export function comparisonFacts(comparison: ComparisonSummary, t: Translate): readonly Fact[] {
  return [
    { name: t('record.outcome'), value: t(`comparison.${comparison.outcome}`) },
    { name: t('record.score'), value: measured(comparison.score, 1) },
    { name: t('record.similarity'), value: measured(comparison.similarity, 3) },
    { name: t('record.far'), value: t('record.farValue', { n: Math.round(1 / comparison.far) }) },
  ];
}

/** What the liveness judge measured; a dash where nothing could be measured. */
export function livenessFacts(liveness: LivenessSummary, t: Translate): readonly Fact[] {
  return [
    { name: t('record.outcome'), value: t(`livenessVerdict.${liveness.verdict}`) },
    {
      name: t('record.correlation'),
      value: t('record.ofFrames', { value: measured(liveness.codeCorrelation, 3), n: liveness.lightFrames }),
    },
    { name: t('record.lag'), value: liveness.lagMs === null ? '—' : `${measured(liveness.lagMs, 0)} ms` },
    {
      name: t('record.spoof'),
      value: t('record.ofFrames', { value: measured(liveness.spoofMedian, 3), n: liveness.spoofFrames }),
    },
    { name: t('record.continuity'), value: measured(liveness.continuity, 3) },
  ];
}

/** How long each stage took; stages that were not reached show a dash. */
export function StagesTable(props: { readonly stagesMs: CertificationRecord['stagesMs'] }): ReactNode {
  const { t } = useWords();
  return (
    <Section title={t('record.stages')}>
      <table className="stages">
        <caption className="visually-hidden">{t('record.stages')}</caption>
        <thead>
          <tr>
            {STAGES.map((stage) => (
              <th key={stage} scope="col" className="number">
                {t(`stage.${stage}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {STAGES.map((stage) => {
              const tookMs = props.stagesMs[stage];
              return (
                <td key={stage} className="number">
                  {tookMs === undefined ? '—' : t('record.seconds', { value: measured(tookMs / 1000, 2) })}
                </td>
              );
            })}
          </tr>
        </tbody>
      </table>
    </Section>
  );
}
