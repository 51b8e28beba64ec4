import { FlaskConical, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS = { info: Info, warning: TriangleAlert, demo: FlaskConical } as const;

/** One sentence that somebody should know now. */
export function Notice(props: { readonly kind: keyof typeof ICONS; readonly children: ReactNode }): ReactNode {
  const Icon = ICONS[props.kind];
  return (
    <div className={`notice notice-${props.kind}`}>
      <Icon aria-hidden="true" size={16} />
      <div>{props.children}</div>
    </div>
  );
}

/** What went wrong in plain words, what to do about it, and the technical detail small; `action`: the way to try again. */
export function FailureNotice(props: {
  readonly what: string;
  readonly next: string;
  readonly detail: string;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <div className="notice notice-failure" role="alert">
      <TriangleAlert aria-hidden="true" size={16} />
      <div>
        <strong>{props.what}</strong>
        {props.next === '' ? null : <span>{props.next}</span>}
        <small className="code">{props.detail}</small>
      </div>
      {props.action}
    </div>
  );
}
