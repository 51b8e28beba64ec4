import type { ReactNode } from 'react';
import type { Problem } from '../form-problem.ts';
import { Field } from './field.tsx';

/** One of a closed list, as words. */
export function SelectField<Value extends string>(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly disabled?: boolean;
  readonly problem?: Problem | undefined;
  readonly onChoose: (value: Value) => void;
}): ReactNode {
  const values = Object.keys(props.options) as Value[];
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {(control) => (
        <select
          {...control}
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
      )}
    </Field>
  );
}
