import { useEffect, useRef, type ReactNode } from 'react';

/** The quiet frame of a window that nobody has signed in to; the first field has the focus. */
export function DoorFrame(props: {
  /** The window's mark and language switch. */
  readonly top: ReactNode;
  readonly title: string;
  readonly summary: string;
  /** Something else takes its place as soon as it is there. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => frame.current?.querySelector<HTMLElement>('form input')?.focus(), []);
  return (
    <main className="gate" aria-busy={props.busy} ref={frame}>
      <div className="gate-top">{props.top}</div>
      <div className="gate-box">
        <h1>{props.title}</h1>
        <p className="muted">{props.summary}</p>
        {props.children}
      </div>
    </main>
  );
}
