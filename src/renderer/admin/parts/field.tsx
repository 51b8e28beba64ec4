import { useId, type ReactNode } from 'react';
import { problemText, type Problem } from '../form-problem.ts';
import { useWords } from '../words.tsx';

export interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

/** A label, its control, and one line below that holds the hint or the problem: the same height either way. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: Problem | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const note = `${id}-note`;
  const problem = props.problem;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, 'aria-invalid': problem !== undefined, 'aria-describedby': note })}
      <p id={note} className={problem === undefined ? 'field-note' : 'field-note field-problem'}>
        {problem === undefined ? (props.hint ?? '') : problemText(problem, t)}
      </p>
    </div>
  );
}

/** A one-line text field. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly problem?: Problem | undefined;
  readonly onEdit: (value: string) => void;
  readonly readOnly?: boolean;
  readonly secret?: boolean;
  readonly numeric?: boolean;
  readonly width?: 'short' | 'full';
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly suffix?: string;
  readonly list?: string;
}): ReactNode {
  const { label, hint, problem } = props;
  return (
    <Field label={label} problem={problem} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <span className="with-suffix">
          <input
            {...control}
            className={`input ${props.width === 'short' ? 'input-short' : ''}`}
            type={props.secret ? 'password' : 'text'}
            inputMode={props.numeric ? 'numeric' : 'text'}
            autoComplete="off"
            spellCheck={false}
            value={props.value}
            readOnly={props.readOnly ?? false}
            placeholder={props.placeholder}
            maxLength={props.maxLength}
            list={props.list}
            onChange={(event) => props.onEdit(event.target.value)}
          />
          {props.suffix === undefined ? null : <span className="muted">{props.suffix}</span>}
        </span>
      )}
    </Field>
  );
}
