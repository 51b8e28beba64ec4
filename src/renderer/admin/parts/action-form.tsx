import { useRef, type ReactNode } from 'react';
import type { ActionPhase } from '../answers.ts';
import { FailureNote } from './notice.tsx';
import { focusFirstProblem } from './focus-problem.ts';
import { useWords } from '../words.tsx';

/** A form that does one thing: Enter does it, wrong input moves the focus to its field, and a second press waits. */
export function ActionForm(props: {
  readonly phase: ActionPhase;
  readonly action: string;
  readonly disabled?: boolean;
  /** The button stands beside a single field. */
  readonly inline?: boolean;
  /** Does it; false when the input is wrong. */
  readonly onSubmit: () => boolean;
  readonly onCancel?: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const running = props.phase.state === 'running';
  return (
    <form
      ref={form}
      className={props.inline === true ? 'action-form action-inline' : 'action-form'}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!running && !props.onSubmit()) focusFirstProblem(event.currentTarget);
      }}
    >
      {props.children}
      {props.phase.state === 'failed' ? <FailureNote failure={props.phase.failure} /> : null}
      <div className="save-bar">
        <button type="submit" className="button button-primary" disabled={running || props.disabled === true}>
          {running ? t('state.working') : props.action}
        </button>
        {props.onCancel === undefined ? null : (
          <button type="button" className="button" onClick={props.onCancel}>
            {t('action.cancel')}
          </button>
        )}
      </div>
    </form>
  );
}
