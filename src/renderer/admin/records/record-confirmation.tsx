import type { ReactNode } from 'react';
import { CONFIRMATION_CHECKS } from '../../../shared/domain/scene.ts';
import type { CheckOutcome } from '../../../shared/domain/verification.ts';
import type { KeptDecision, VerificationDetail } from '../../../shared/protocol/check-queue.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { dateTime, measured } from '../formats.ts';
import { Mark, VerdictMark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Section, type Fact } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

function scoreText({ value, scale, threshold }: CheckOutcome['scores'][number]): string {
  const of = `${measured(value, 1)} / ${scale}`;
  return threshold === null ? of : `${of} (≥ ${threshold})`;
}

/** One answer of the verifier: what it says, by whom, and the vendor's own words. */
function Decision(props: { readonly decision: KeptDecision }): ReactNode {
  const { t, language } = useWords();
  const { outcome, decision, keptAtMs, revision } = props.decision;
  const { vendor, scores } = outcome;
  const clerks = decision?.body.decidedBy.join(', ') ?? '';
  const facts: readonly Fact[] = [
    { name: t('record.confirmation.answer'), value: <VerdictMark state={outcome.state} /> },
    { name: t('record.confirmation.reason'), value: reasonText(outcome.reason, language, 'clerk') },
    { name: t('record.basis'), value: t(`basis.${outcome.basis}`) },
    ...scores.map((score) => ({ name: t(`record.confirmation.score.${score.kind}`), value: scoreText(score) })),
    ...(vendor === null
      ? []
      : [
          {
            name: t('record.confirmation.vendor'),
            value: (
              <span className="code">
                {[vendor.name, vendor.operation, vendor.code, vendor.requestId].filter(Boolean).join(' · ')}
              </span>
            ),
          },
        ]),
    ...(clerks === '' ? [] : [{ name: t('record.confirmation.by'), value: clerks }]),
    {
      name: t('record.confirmation.kept'),
      value: `${dateTime(keptAtMs)} · ${t(decision === null ? 'record.confirmation.unsigned' : 'record.confirmation.signed')}`,
    },
  ];
  return (
    <>
      {revision === 1 ? null : <h3>{t('record.confirmation.amendment', { n: revision - 1 })}</h3>}
      <Facts facts={facts} />
    </>
  );
}

/** What the verifier was asked about a record, and what it said; nothing where nothing was asked. */
export function RecordConfirmation(props: { readonly verification: VerificationDetail | null }): ReactNode {
  const { t } = useWords();
  const { verification } = props;
  if (verification === null) return null;
  const { check, decisions } = verification;
  const named = CONFIRMATION_CHECKS.find((each) => each === check.check);
  return (
    <Section title={t('record.confirmation.title')}>
      <Facts
        facts={[
          { name: t('record.confirmation.asked'), value: named ? t(`outbox.check.${named}`) : check.check },
          {
            name: t('outbox.state'),
            value: (
              <Mark tone={decisions.length > 0 ? 'good' : check.state === 'stopped' ? 'bad' : 'waiting'}>
                {t(`outbox.itemState.${check.state}`)}
              </Mark>
            ),
          },
          { name: t('record.confirmation.order'), value: <span className="code">{check.orderId}</span> },
        ]}
      />
      {decisions.length === 0 && check.lastFailure ? <FailureNote failure={check.lastFailure} /> : null}
      {decisions.map((decision) => (
        <Decision key={decision.revision} decision={decision} />
      ))}
    </Section>
  );
}
