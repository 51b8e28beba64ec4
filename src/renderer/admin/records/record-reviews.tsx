import type { ReactNode } from 'react';
import type { DecisionDelivery } from '../../../shared/domain/review.ts';
import type { RecordSheet } from '../../../shared/ipc/admin-records.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { dateTime } from '../formats.ts';
import { VerdictMark } from '../parts/mark.tsx';
import { Facts, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

type Review = RecordSheet['staffReviews'][number];

function Delivery({ delivery }: { readonly delivery: DecisionDelivery }): ReactNode {
  const { t, language } = useWords();
  if (delivery.state === 'delivered') return t('recordSheet.delivered', { time: dateTime(delivery.atMs) });
  const reason = delivery.state === 'stays' ? null : delivery.reason;
  return (
    <>
      {t(`recordSheet.deliveries.${delivery.state}`)}
      {reason === null ? null : <small className="muted">{reasonText(reason, language, 'clerk')}</small>}
    </>
  );
}

function OneReview({ review }: { readonly review: Review }): ReactNode {
  const { t } = useWords();
  const who = review.staffName ?? t('recordSheet.someone');
  const second = review.secondStaffId === null ? null : (review.secondStaffName ?? t('recordSheet.someone'));
  return (
    <>
      {review.revision === 1 ? null : <h3>{t('recordSheet.correction', { n: review.revision - 1 })}</h3>}
      <Facts
        facts={[
          {
            name: t(review.override ? 'recordSheet.override' : 'recordSheet.decision'),
            value: <VerdictMark state={review.state} />,
          },
          { name: t('recordSheet.reason'), value: t(`staffDecision.reasons.${review.reason}`) },
          ...(review.note === null || review.note === ''
            ? []
            : [{ name: t('recordSheet.note'), value: <bdi className="wrap">{review.note}</bdi> }]),
          {
            name: t('recordSheet.by'),
            value: <bdi>{second === null ? who : t('recordSheet.byTwo', { first: who, second })}</bdi>,
          },
          { name: t('recordSheet.at'), value: dateTime(review.decidedAtMs) },
          { name: t('recordSheet.verifier'), value: <Delivery delivery={review.delivery} /> },
        ]}
      />
    </>
  );
}

/** What the staff decided about a record, in order; the machine's own verdict stands above and stays. */
export function RecordReviews({ reviews }: { readonly reviews: readonly Review[] }): ReactNode {
  const { t } = useWords();
  if (reviews.length === 0) return null;
  return (
    <Section title={t('recordSheet.reviews')}>
      {reviews.map((review) => (
        <OneReview key={review.revision} review={review} />
      ))}
    </Section>
  );
}
