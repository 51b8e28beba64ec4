import type { ReasonCode } from '../../../shared/reasons.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { useWords } from '../environment.ts';

/** What staff look up. Never shown for a refuted certification: it would teach whoever tries to deceive. */
export function ReasonCodeLine({ reason }: { readonly reason: ReasonCode }) {
  const { t } = useWords();
  return <p className="reason-code">{t('staff.reasonCode', { code: reason })}</p>;
}

/**
 * The code and, for a reader, what staff can do about it on the spot: no visitor waits for a result here, and a cable
 * or a closed program helps at once.
 */
export function StaffLine({ reason }: { readonly reason: ReasonCode }) {
  const { t, language } = useWords();
  return (
    <div className="staff-line">
      {reason.startsWith('reader.') && <p>{t('staff.forStaff', { text: reasonText(reason, language, 'clerk') })}</p>}
      <ReasonCodeLine reason={reason} />
    </div>
  );
}
