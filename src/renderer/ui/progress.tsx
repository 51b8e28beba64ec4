import type { ReactNode } from 'react';

/** How far something is that takes longer than a moment: a bar, and always words; `done` from 0 to 1, or null while nobody knows. */
export function Progress(props: {
  readonly label: string;
  readonly done: number | null;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="progress">
      <span role="status">{props.children}</span>
      <progress aria-label={props.label} {...(props.done === null ? {} : { value: props.done, max: 1 })} />
    </div>
  );
}
