import type { ReactNode } from 'react';
import { SelectInput } from '../../ui/field.tsx';
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
  const { label, hint, problem, ...select } = props;
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => <SelectInput {...select} control={control} />}
    </Field>
  );
}
