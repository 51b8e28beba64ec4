import type { ReactNode } from 'react';
import type { ReviewCase } from '../../../shared/ipc/clerk.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Facts, Section, type Fact } from '../../ui/section.tsx';
import { dateTime } from '../formats.ts';
import { useWords } from '../words.tsx';

/** What the record says of how it went, for whoever decides. */
export function CaseFacts({ shown }: { readonly shown: ReviewCase }): ReactNode {
  const { t, language } = useWords();
  const { record } = shown.detail;
  const { liveness, comparison, risk, order } = record;
  const clerk = (reasons: readonly Parameters<typeof reasonText>[0][]): string =>
    reasons.map((reason) => reasonText(reason, language, 'clerk')).join(' ');
  const seconds = Math.round((record.decidedAtMs - record.startedAtMs) / 1_000);
  const facts: readonly Fact[] = [
    { name: t('case.scene'), value: shown.sceneName },
    { name: t('case.scheme'), value: record.scheme },
    { name: t('case.started'), value: dateTime(record.startedAtMs) },
    { name: t('case.took'), value: t('live.seconds', { n: seconds }) },
    {
      name: t('case.liveness'),
      value: liveness === null ? t('case.none') : [t(`case.${liveness.verdict}`), clerk(liveness.reasons)].join(' '),
    },
    {
      name: t('case.comparison'),
      value:
        comparison === null
          ? t('case.none')
          : t('case.score', { score: comparison.score.toFixed(1), outcome: t(`case.${comparison.outcome}`) }),
    },
    ...(risk === undefined || risk.length === 0
      ? []
      : [{ name: t('case.risk'), value: risk.map(({ rule }) => rule).join(', ') }]),
    ...(order === undefined ? [] : [{ name: t('case.order'), value: order.orderId }]),
  ];
  return (
    <Section title={t('case.facts')}>
      <Facts facts={facts} />
    </Section>
  );
}
