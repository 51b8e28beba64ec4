import type { ReactNode } from 'react';
import type { VerdictState } from '../../../shared/reasons.ts';
import { VerdictBadge } from '../../ui/badge.tsx';
import { useWords } from '../words.tsx';

/** One record of a list: who, why, and what is known of when. */
export function ListRow(props: {
  readonly certifyId: string;
  readonly isChosen: boolean;
  readonly nameMasked: string | null;
  readonly numberMasked: string | null;
  /** Absent in a list that has only one. */
  readonly state?: VerdictState;
  readonly byStaff?: boolean;
  readonly simulated: boolean;
  readonly why: string;
  readonly when: string;
  readonly onChoose: (certifyId: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <li>
      <button
        type="button"
        id={`case-${props.certifyId}`}
        className="case-row"
        aria-current={props.isChosen ? 'true' : undefined}
        onClick={() => props.onChoose(props.certifyId)}
      >
        <span className="case-row-who">
          <strong>{props.nameMasked ?? t('records.nobody')}</strong>
          <span className="muted">{props.numberMasked}</span>
          {props.simulated ? <span className="case-tag">{t('records.simulated')}</span> : null}
        </span>
        <span className="case-row-when muted">{props.when}</span>
        <span className="case-row-why">
          {props.state === undefined ? null : (
            <VerdictBadge state={props.state}>{t(`verdict.${props.state}`)}</VerdictBadge>
          )}
          {props.byStaff ? <span className="case-tag">{t('records.byStaff')}</span> : null}
          <span>{props.why}</span>
        </span>
      </button>
    </li>
  );
}
