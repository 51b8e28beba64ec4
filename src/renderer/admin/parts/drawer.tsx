import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** A panel at the right edge over the page; Esc closes it and the focus goes back to where it came from. */
export function Drawer(props: {
  readonly title: string;
  /** For tables. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
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
          aria-label={t('action.close')}
          onClick={() => dialog.current?.close()}
        >
          <X aria-hidden="true" size={18} />
        </button>
      </header>
      <div className="drawer-body">{props.children}</div>
    </dialog>
  );
}
