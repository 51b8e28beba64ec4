import type { ReactNode } from 'react';

/** A titled part of a page. */
export function Section(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="section">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** Words in the place of what is still being fetched. */
export function Loading(props: { readonly children: ReactNode }): ReactNode {
  return (
    <p className="loading" role="status">
      {props.children}
    </p>
  );
}

/** Words in the place of what there is none of; a failure is never shown like this. */
export function Empty(props: { readonly children: ReactNode }): ReactNode {
  return <p className="empty">{props.children}</p>;
}

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values in two aligned columns. */
export function Facts(props: { readonly facts: readonly Fact[] }): ReactNode {
  return <NamedValues kind="facts" values={props.facts} />;
}

/** The few numbers that a page is about, large and side by side. */
export function Figures(props: { readonly figures: readonly Fact[] }): ReactNode {
  return <NamedValues kind="figures" values={props.figures} />;
}

function NamedValues(props: { readonly kind: 'facts' | 'figures'; readonly values: readonly Fact[] }): ReactNode {
  return (
    <dl className={props.kind}>
      {props.values.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
