import type { ReactNode } from 'react';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS, type ReasonCode, type VerdictState } from '../../../shared/reasons.ts';
import { VerdictBadge } from '../../ui/badge.tsx';
import { useWords } from '../words.tsx';

/** A verdict by its shape and name, why in a clerk's words, and what to do next. */
export function ReasonLine(props: {
  readonly state: VerdictState | null;
  readonly reason: ReasonCode;
  readonly note?: string;
}): ReactNode {
  const { t, language } = useWords();
  const next = nextStepText(REASONS[props.reason].next, language, 'clerk');
  return (
    <div className="reason-line">
      {props.state === null ? null : (
        <p className="reason-state">
          <VerdictBadge state={props.state}>{t(`verdict.${props.state}`)}</VerdictBadge>
          {props.note === undefined ? null : <span className="muted">{props.note}</span>}
        </p>
      )}
      <p>{reasonText(props.reason, language, 'clerk')}</p>
      {next === '' ? null : <p className="muted">{next}</p>}
    </div>
  );
}
