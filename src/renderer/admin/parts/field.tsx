import type { ReactNode } from 'react';
import { Field as PlainField, TextInput, type ControlProps, type TextInputProps } from '../../ui/field.tsx';
import { problemText, type Problem } from '../form-problem.ts';
import { useWords } from '../words.tsx';

export type { ControlProps };

/** A label, its control, and one line below that holds the hint or the problem: the same height either way. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: Problem | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { problem, ...rest } = props;
  return <PlainField {...rest} problem={problem === undefined ? undefined : problemText(problem, t)} />;
}

/** A one-line text field. */
export function TextField(
  props: TextInputProps & {
    readonly label: string;
    readonly hint?: string;
    readonly problem?: Problem | undefined;
  },
): ReactNode {
  const { label, hint, problem, ...input } = props;
  return (
    <Field label={label} problem={problem} {...(hint === undefined ? {} : { hint })}>
      {(control) => <TextInput {...input} control={control} />}
    </Field>
  );
}
