import { useEffect, useId, useRef, type FormEvent, type ReactNode } from 'react';
import { useStaffWords } from './staff-words.tsx';

/** A question with fields over the page: Enter answers it, Esc is no. */
export function StaffDialog(props: {
  readonly title: string;
  readonly yes: string;
  readonly disabled: boolean;
  readonly onSubmit: (form: HTMLFormElement) => void;
  readonly onNo: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useStaffWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('input')?.focus();
    return () => element?.close();
  }, []);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!props.disabled) props.onSubmit(event.currentTarget);
  };
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={titleId} onClose={props.onNo}>
      <form noValidate onSubmit={submit}>
        <h2 id={titleId}>{props.title}</h2>
        <div className="confirm-text">{props.children}</div>
        <div className="save-bar">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {t('secret.cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={props.disabled}>
            {props.yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}
