import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { ActionPhase } from '../answers.ts';
import { useWords } from '../words.tsx';
import { FailureNote } from './notice.tsx';

/** The harmless answer has the focus, so that Enter twice does nothing. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** Asks once more before something that can't be taken back; Esc is no. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly yes: string;
  readonly phase: ActionPhase;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const running = props.phase.state === 'running';
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={titleId} onClose={props.onNo}>
      <h2 id={titleId}>{props.title}</h2>
      <div className="confirm-text">{props.children}</div>
      {props.phase.state === 'failed' ? <FailureNote failure={props.phase.failure} /> : null}
      <div className="save-bar">
        <button type="button" className="button" ref={takeFocus} onClick={() => dialog.current?.close()}>
          {t('action.cancel')}
        </button>
        <button type="button" className="button button-danger" disabled={running} onClick={props.onYes}>
          {running ? t('state.working') : props.yes}
        </button>
      </div>
    </dialog>
  );
}
