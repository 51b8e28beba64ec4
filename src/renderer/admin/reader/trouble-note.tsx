import type { ReactNode } from 'react';
import type { Trouble } from './reader-figures.ts';

/** What isn't right and, unless `brief`, what to do about it, beside the mark that says so. */
export function TroubleNote(props: { readonly trouble: Trouble; readonly brief?: boolean }): ReactNode {
  const { what, doThis, code } = props.trouble;
  return (
    <div className="trouble">
      <p>{what}</p>
      {props.brief ? null : <p className="trouble-step">{doThis}</p>}
      <small className="code muted">{code}</small>
    </div>
  );
}
