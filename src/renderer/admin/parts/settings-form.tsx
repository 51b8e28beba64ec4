import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { ActionPhase } from '../answers.ts';
import { focusFirstProblem } from './focus-problem.ts';
import { timeOfDay } from '../formats.ts';
import { useWords } from '../words.tsx';
import { FailureNote } from './notice.tsx';

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
      form.current?.requestSubmit();
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
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  useSaveKey(form);
  return (
    <form
      ref={form}
      className="settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.onSave()) focusFirstProblem(event.currentTarget);
      }}
    >
      {props.children}
      {props.phase.state === 'failed' ? <FailureNote failure={props.phase.failure} /> : null}
      <div className="save-bar">
        <button
          type="submit"
          className="button button-primary"
          disabled={!props.changed || props.phase.state === 'running'}
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
    </form>
  );
}
