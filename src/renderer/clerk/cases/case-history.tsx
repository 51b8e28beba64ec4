import type { ReactNode } from 'react';
import type { DecisionDelivery } from '../../../shared/domain/review.ts';
import type { ReviewCase } from '../../../shared/ipc/clerk.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { VerdictBadge } from '../../ui/badge.tsx';
import { Section } from '../../ui/section.tsx';
import { dateTime } from '../formats.ts';
import { useWords } from '../words.tsx';

/** Whether the verifier has a decision, and why not. */
function Delivery({ delivery }: { readonly delivery: DecisionDelivery }): ReactNode {
  const { t, language } = useWords();
  if (delivery.state === 'delivered') {
    return <p className="muted">{t('case.delivered', { time: dateTime(delivery.atMs) })}</p>;
  }
  const reason = delivery.state === 'stays' ? null : delivery.reason;
  const what = t(`case.deliveries.${delivery.state}`);
  return (
    <p className="muted">
      {reason === null ? what : t('case.deliveryBecause', { what, reason: reasonText(reason, language, 'clerk') })}
    </p>
  );
}

/** What people decided, the newest first; nothing where nobody has. */
export function CaseHistory({ reviews }: { readonly reviews: ReviewCase['reviews'] }): ReactNode {
  const { t } = useWords();
  if (reviews.length === 0) return null;
  const who = ({ staffName, secondStaffId, secondStaffName }: ReviewCase['reviews'][number]): string => {
    const name = staffName ?? t('case.gone');
    return secondStaffId === null
      ? t('case.alone', { name })
      : t('case.with', { name, second: secondStaffName ?? t('case.gone') });
  };
  return (
    <Section title={t('case.history')}>
      <ol className="history">
        {[...reviews].reverse().map((review) => (
          <li key={review.revision}>
            <p className="history-what">
              <VerdictBadge state={review.state}>{t(`decision.${review.decision}Done`)}</VerdictBadge>
              {review.override ? <span className="case-tag">{t('case.override')}</span> : null}
              <span>{t(`decision.reasons.${review.reason}`)}</span>
            </p>
            {review.note === '' ? null : <p>{review.note ?? t('case.noteErased')}</p>}
            <p className="muted">
              {dateTime(review.decidedAtMs)} · {who(review)}
            </p>
            <Delivery delivery={review.delivery} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
