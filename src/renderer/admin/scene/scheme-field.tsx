import { useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import type { Problem } from '../form-problem.ts';
import { leastIntrusive } from '../schemes/least-intrusive.ts';
import { SchemePicker } from '../schemes/scheme-picker.tsx';
import { schemeDoes, schemeGives } from '../schemes/scheme-words.ts';
import { ServedMark } from '../schemes/served-mark.tsx';
import { useWords } from '../words.tsx';
import { FieldProblem } from './field-problem.tsx';

/** Which scheme the scene uses: what it asks and gives, whether it can be used, and the way to another. */
export function SchemeField(props: {
  readonly entries: readonly SchemeEntry[];
  readonly value: string;
  readonly problem: Problem | undefined;
  readonly onPick: (id: string) => void;
}): ReactNode {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const entry = props.entries.find(({ scheme }) => scheme.id === props.value);
  return (
    <div className="scheme-field" role="group" aria-label={t('scenes.scheme')}>
      <div className="scheme-field-head">
        <span className="scheme-field-label">{t('scenes.scheme')}</span>
        <strong className="code">{props.value}</strong>
        {leastIntrusive(props.entries).has(props.value) ? (
          <span className="tag tag-good" title={t('schemes.leastIntrusiveNote')}>
            {t('schemes.leastIntrusive')}
          </span>
        ) : null}
        <button
          type="button"
          className="button"
          data-invalid={props.problem !== undefined}
          onClick={() => setOpen(true)}
        >
          {t('scenes.chooseScheme')}
        </button>
      </div>
      {entry === undefined ? null : (
        <>
          <p>
            {schemeDoes(entry.scheme, t)}
            <small className="muted">{schemeGives(entry.scheme, t)}</small>
          </p>
          <ServedMark entry={entry} />
        </>
      )}
      <FieldProblem problem={props.problem} />
      {open
        ? createPortal(
            <SchemePicker
              entries={props.entries}
              current={props.value}
              onPick={props.onPick}
              onClose={() => setOpen(false)}
            />,
            // Outside of the scene's form, which Enter in the picker's field would otherwise save.
            document.body,
          )
        : null}
    </div>
  );
}
