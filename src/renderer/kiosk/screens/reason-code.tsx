import type { ReasonCode } from '../../../shared/reasons.ts';
import { useWords } from '../environment.ts';

/** What staff look up. Never shown for a refuted certification: it would teach whoever tries to deceive. */
export function ReasonCodeLine({ reason }: { readonly reason: ReasonCode }) {
  const { t } = useWords();
  return <p className="reason-code">{t('reasonCode', { code: reason })}</p>;
}
