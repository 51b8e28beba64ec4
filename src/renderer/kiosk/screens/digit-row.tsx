interface DigitRowProps {
  readonly shown: string;
  readonly count: number;
}

/** The digits as they come: the newest very large, those before it dim, and a line for each that is still to come. */
export function DigitRow({ shown, count }: DigitRowProps) {
  return (
    <ol className="digit-row" data-many={count > 5 || undefined}>
      {Array.from({ length: count }, (_, index) => {
        const state = index === shown.length - 1 ? 'now' : index < shown.length ? 'past' : 'ahead';
        return (
          <li key={index} className="digit" data-state={state} aria-current={state === 'now' || undefined}>
            <span>{shown[index] ?? ''}</span>
          </li>
        );
      })}
    </ol>
  );
}
