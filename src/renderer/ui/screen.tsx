import type { ReactNode } from 'react';

interface ScreenProps {
  /** Name of the screen, for tests, the watchdog and styles. */
  readonly name: string;
  readonly state?: string;
  readonly reason?: string;
  readonly title: ReactNode;
  /** Under the title. */
  readonly children?: ReactNode;
  /** A drawing, the camera or facts: above the words, or beside them on a wide screen. */
  readonly figure?: ReactNode;
  /** The buttons, always at the same place. */
  readonly actions?: ReactNode;
}

/** The fixed places of every public screen between the top bar and the bottom edge. */
export function Screen({ name, state, reason, title, children, figure, actions }: ScreenProps) {
  return (
    <main className="screen" data-screen={name} data-state={state} data-reason={reason}>
      <div className="screen-figure">{figure}</div>
      <div className="screen-words">
        <h1 tabIndex={-1}>{title}</h1>
        {children}
      </div>
      <div className="screen-actions">{actions}</div>
    </main>
  );
}

/** The two rows of buttons: the step forward, and under it the ways out. */
export function Actions({ forward, out }: { readonly forward?: ReactNode; readonly out?: ReactNode }) {
  return (
    <>
      <div className="actions-forward">{forward}</div>
      <div className="actions-out">{out}</div>
    </>
  );
}
