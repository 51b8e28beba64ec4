interface StepsProps {
  readonly label: string;
  readonly names: readonly string[];
  /** How many are behind the person; that many are shown as done and the next one as current. */
  readonly done: number;
  readonly nowLabel: string;
  readonly pastLabel: string;
  /** Keeps its place while it isn't shown, so that nothing jumps. */
  readonly hidden: boolean;
}

/** The named steps of a certification. */
export function Steps({ label, names, done, nowLabel, pastLabel, hidden }: StepsProps) {
  const stateOf = (index: number): 'past' | 'now' | 'ahead' =>
    index < done ? 'past' : index === done ? 'now' : 'ahead';
  return (
    <nav className="steps-place" aria-label={label} data-hidden={hidden || undefined}>
      <ol className="steps">
        {names.map((name, index) => {
          const state = stateOf(index);
          return (
            <li key={name} className="step" data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span className="step-number" aria-hidden="true">
                {state === 'past' ? <Tick /> : index + 1}
              </span>
              <span>{name}</span>
              {state !== 'ahead' && (
                <span className="only-spoken">{`（${state === 'now' ? nowLabel : pastLabel}）`}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 24 24" width="0.8em" height="0.8em" fill="none" stroke="currentColor" strokeWidth="3.5">
      <path d="m4 13 5 5L20 6" />
    </svg>
  );
}
