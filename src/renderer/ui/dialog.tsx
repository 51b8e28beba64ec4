import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode, type RefObject } from 'react';

/** Open as long as it is on the page: the rest is out of reach, and the focus goes back to where it came from. */
function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return dialog;
}

/** The harmless answer has the focus, so that Enter twice does nothing. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** Asks once more before something that can't be taken back; Esc is no. */
export function Dialog(props: {
  readonly title: string;
  readonly yes: string;
  readonly no: string;
  readonly running: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
  /** What has gone wrong with it. */
  readonly failure?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useModal();
  const titleId = useId();
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={titleId} onClose={props.onNo}>
      <h2 id={titleId}>{props.title}</h2>
      <div className="confirm-text">{props.children}</div>
      {props.failure}
      <div className="save-bar">
        <button type="button" className="button" ref={takeFocus} onClick={() => dialog.current?.close()}>
          {props.no}
        </button>
        <button type="button" className="button button-danger" disabled={props.running} onClick={props.onYes}>
          {props.yes}
        </button>
      </div>
    </dialog>
  );
}

/** A panel at the right edge over the page; Esc closes it and the focus goes back to where it came from. */
export function Drawer(props: {
  readonly title: string;
  readonly close: string;
  /** For tables. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useModal();
  const titleId = useId();
  return (
    <dialog
      ref={dialog}
      className={props.wide === true ? 'drawer drawer-wide' : 'drawer'}
      aria-labelledby={titleId}
      onClose={props.onClose}
    >
      <header className="drawer-head">
        <h2 id={titleId}>{props.title}</h2>
        <button
          type="button"
          className="button button-icon"
          aria-label={props.close}
          onClick={() => dialog.current?.close()}
        >
          <X aria-hidden="true" size={18} />
        </button>
      </header>
      <div className="drawer-body">{props.children}</div>
    </dialog>
  );
}
