import { useId, type ReactNode } from 'react';

export interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

/** A label, its control, and one line below that holds the hint or the problem: the same height either way. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string;
  /** Which limit is broken and what to do, in words; absent while the value is fine. */
  readonly problem?: string | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}): ReactNode {
  const id = useId();
  const note = `${id}-note`;
  const isWrong = props.problem !== undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, 'aria-invalid': isWrong, 'aria-describedby': note })}
      <p id={note} className={isWrong ? 'field-note field-problem' : 'field-note'}>
        {props.problem ?? props.hint ?? ''}
      </p>
    </div>
  );
}

export interface TextInputProps {
  readonly value: string;
  readonly onEdit: (value: string) => void;
  readonly readOnly?: boolean;
  readonly secret?: boolean;
  readonly numeric?: boolean;
  readonly width?: 'short' | 'full';
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly suffix?: string;
  readonly list?: string;
}

/** The input of a one-line text field. */
export function TextInput(props: TextInputProps & { readonly control: ControlProps }): ReactNode {
  return (
    <span className="with-suffix">
      <input
        {...props.control}
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
  );
}

/** One of a closed list, as words. */
export function SelectInput<Value extends string>(props: {
  readonly control: ControlProps;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly disabled?: boolean;
  readonly onChoose: (value: Value) => void;
}): ReactNode {
  const values = Object.keys(props.options) as Value[];
  return (
    <select
      {...props.control}
      className="input"
      value={props.value}
      disabled={props.disabled ?? false}
      onChange={({ target }) => {
        const chosen = values.find((value) => value === target.value);
        if (chosen !== undefined) props.onChoose(chosen);
      }}
    >
      {values.map((value) => (
        <option key={value} value={value}>
          {props.options[value]}
        </option>
      ))}
    </select>
  );
}
