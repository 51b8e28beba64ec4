import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { readChangedMeanwhile } from '../../../shared/changed-meanwhile.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { StaffRight } from '../../../shared/domain/staff.ts';
import type { ActionPhase } from '../answers.ts';
import { focusFirstProblem } from './focus-problem.ts';
import { timeOfDay } from '../formats.ts';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { useRevisionScope } from '../revision-scope.ts';
import { ChangedMeanwhileNote } from './changed-meanwhile-note.tsx';
import { FailureNote } from './notice.tsx';
import { ChangeableBy } from './read-only.tsx';

function SaveState(props: { readonly changed: boolean; readonly phase: ActionPhase }): ReactNode {
  const { t } = useWords();
  const { changed, phase } = props;
  if (phase.state === 'running') return t('state.saving');
  if (changed) return <span className="changed">{t('state.changed')}</span>;
  if (phase.state === 'done') return <span className="saved">{t('state.saved', { time: timeOfDay(phase.atMs) })}</span>;
  return t('state.unchanged');
}

/** Ctrl+S submits the form, wherever the focus is. */
function useSaveKey(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((!event.ctrlKey && !event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      const inAnother = document.activeElement?.closest('form.settings') ?? form.current;
      if (inAnother === form.current) form.current?.requestSubmit();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [form]);
}

/**
 * A form that saves as a whole: Enter or Ctrl+S saves, wrong input moves the focus to its field, and the line
 * beside the button always says whether something is unsaved.
 */
export function SettingsForm(props: {
  readonly changed: boolean;
  readonly phase: ActionPhase;
  /** Saves; false when the input is wrong. */
  readonly onSave: () => boolean;
  readonly onDiscard: () => void;
  /** Who may change it; whoever may not sees it disabled, with one sentence why. */
  readonly right?: StaffRight;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const right = props.right ?? 'change-settings';
  const mayChange = useRights().can(right);
  const form = useRef<HTMLFormElement>(null);
  const { side } = useRevisionScope();
  const [decided, setDecided] = useState<Failure | null>(null);
  const failed = props.phase.state === 'failed' ? props.phase.failure : null;
  const conflict = failed === null || failed === decided ? null : readChangedMeanwhile(failed);
  useSaveKey(form);
  return (
    <form
      ref={form}
      className="settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (mayChange && !props.onSave()) focusFirstProblem(event.currentTarget);
      }}
    >
      {conflict === null ? null : (
        <ChangedMeanwhileNote
          change={conflict}
          onKeep={() => setDecided(failed)}
          onTake={() => {
            setDecided(failed);
            props.onDiscard();
          }}
        />
      )}
      <fieldset className="changeable" disabled={side === 'theirs'}>
        <ChangeableBy right={right}>{props.children}</ChangeableBy>
      </fieldset>
      {failed === null || failed === decided || conflict !== null ? null : <FailureNote failure={failed} />}
      {mayChange ? (
        <div className="save-bar">
          <button
            type="submit"
            className="button button-primary"
            disabled={!props.changed || props.phase.state === 'running' || conflict !== null}
          >
            {t('action.save')}
          </button>
          <button type="button" className="button" disabled={!props.changed} onClick={props.onDiscard}>
            {t('action.discard')}
          </button>
          <span role="status">
            <SaveState changed={props.changed} phase={props.phase} />
          </span>
        </div>
      ) : null}
    </form>
  );
}
