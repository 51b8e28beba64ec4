import { useEffect, useRef, type ReactNode } from 'react';
import type { Answer } from '../answers.ts';
import { useWords } from '../words.tsx';
import { FailureNote } from './notice.tsx';

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
        failure === null && (
          <p className="loading" role="status">
            {t('state.loading')}
          </p>
        )
      ) : (
        <div aria-busy={props.answer.refreshing}>{props.children(value)}</div>
      )}
    </>
  );
}

/** A titled part of a page. */
export function Section(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="section">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values in two aligned columns. */
export function Facts(props: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="facts">
      {props.facts.map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
