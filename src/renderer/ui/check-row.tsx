import { useId, type ReactNode } from 'react';

interface CheckRowProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  readonly detail: ReactNode;
}

/** One consent: the whole row is the target; the detail is its description, not part of its name. */
export function CheckRow({ checked, onChange, label, detail }: CheckRowProps) {
  const id = useId();
  return (
    <div className="check-row">
      <input
        type="checkbox"
        id={id}
        className="check-input"
        checked={checked}
        aria-describedby={`${id}-detail`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id} className="check-words">
        <span className="check-label">{label}</span>
      </label>
      <p id={`${id}-detail`} className="check-detail">
        {detail}
      </p>
      <svg className="check-mark" viewBox="0 0 64 64" aria-hidden="true">
        <rect x="2" y="2" width="60" height="60" rx="12" />
        <path d="m16 33 12 12 21-26" />
      </svg>
    </div>
  );
}
