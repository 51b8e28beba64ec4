import { useEffect, useRef, type ReactNode } from 'react';
import { Loading } from '../../ui/section.tsx';
import type { Answer } from '../answers.ts';
import { useWords } from '../words.tsx';
import { FailureNote } from './notice.tsx';
import { RevisionScopeOf } from './revision-scope-of.tsx';
import { ReadOnlyNote } from './read-only.tsx';

export { Empty, Facts, Figures, Section, type Fact } from '../../ui/section.tsx';

/** A page of the window: its title takes the focus when the page opens, so that reading starts there. */
export function Page(props: {
  readonly title: string;
  readonly summary: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          <p className="muted">{props.summary}</p>
        </div>
        <div className="page-aside">{props.aside}</div>
      </header>
      <ReadOnlyNote />
      {props.children}
    </>
  );
}

/** Shows an answer once there is one; before that, loading or the failure, in the same place. */
export function Loaded<T>(props: {
  readonly answer: Answer<T>;
  readonly children: (value: T) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { value, failure, reload } = props.answer;
  return (
    <>
      {failure === null ? null : <FailureNote failure={failure} onRetry={reload} />}
      {value === null ? (
        failure === null && <Loading>{t('state.loading')}</Loading>
      ) : (
        <RevisionScopeOf answer={props.answer}>
          <div aria-busy={props.answer.refreshing}>{props.children(value)}</div>
        </RevisionScopeOf>
      )}
    </>
  );
}
