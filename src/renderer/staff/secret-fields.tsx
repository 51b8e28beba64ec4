import type { ReactNode } from 'react';
import { Field, TextInput } from '../ui/field.tsx';
import type { SecretProblems } from './new-secret.ts';
import { useStaffWords, type StaffWordKey } from './staff-words.tsx';

/** One line of text with its problem in words. */
export function StaffField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly secret?: boolean;
  readonly onEdit: (value: string) => void;
}): ReactNode {
  return (
    <Field label={props.label} problem={props.problem} hint={props.hint ?? ''}>
      {(control) => (
        <TextInput control={control} value={props.value} onEdit={props.onEdit} secret={props.secret ?? false} />
      )}
    </Field>
  );
}

/** A new PIN or password, twice. */
export function NewSecretFields(props: {
  readonly secret: string;
  readonly repeated: string;
  readonly problems: SecretProblems;
  readonly onSecret: (secret: string) => void;
  readonly onRepeated: (repeated: string) => void;
}): ReactNode {
  const { t } = useStaffWords();
  const said = (key: StaffWordKey | undefined): string | undefined => (key === undefined ? undefined : t(key));
  return (
    <>
      <StaffField
        label={t('secret.newSecret')}
        hint={t('secret.newHint')}
        problem={said(props.problems.secret)}
        value={props.secret}
        onEdit={props.onSecret}
        secret
      />
      <StaffField
        label={t('secret.repeat')}
        problem={said(props.problems.repeated)}
        value={props.repeated}
        onEdit={props.onRepeated}
        secret
      />
    </>
  );
}
