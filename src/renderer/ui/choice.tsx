import { useId, type ReactNode } from 'react';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly note?: string;
  readonly disabled?: boolean;
}

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, side by side; arrow keys move within it. */
export function Segments<Value extends string>(props: ChoiceProps<Value>): ReactNode {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{props.legend}</legend>
      {props.options.map((option) => (
        <label key={option.value} className="segment">
          <input
            type="radio"
            name={name}
            checked={option.value === props.value}
            onChange={() => props.onChoose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** One of a few, one below the other, each with a sentence about what it means; `inline`: short ones side by side. */
export function RadioList<Value extends string>(
  props: ChoiceProps<Value> & { readonly inline?: boolean; readonly invalid?: boolean },
): ReactNode {
  const name = useId();
  return (
    <fieldset
      className={props.inline ? 'radio-list radio-inline' : 'radio-list'}
      {...(props.invalid ? { role: 'radiogroup', 'aria-invalid': true, tabIndex: -1 } : {})}
    >
      <legend>{props.legend}</legend>
      {props.options.map((option) => (
        <label key={option.value} className="radio-row">
          <input
            type="radio"
            name={name}
            checked={option.value === props.value}
            disabled={option.disabled ?? false}
            onChange={() => props.onChoose(option.value)}
          />
          <span>
            {option.label}
            {option.note === undefined ? null : <small className="muted">{option.note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** On or off, with a sentence. */
export function TickRow(props: {
  readonly label: string;
  readonly note: string;
  readonly checked: boolean;
  readonly invalid?: boolean;
  readonly onToggle: (checked: boolean) => void;
}): ReactNode {
  return (
    <label className="radio-row">
      <input
        type="checkbox"
        checked={props.checked}
        aria-invalid={props.invalid ?? false}
        onChange={(event) => props.onToggle(event.target.checked)}
      />
      <span>
        {props.label}
        <small className="muted">{props.note}</small>
      </span>
    </label>
  );
}
