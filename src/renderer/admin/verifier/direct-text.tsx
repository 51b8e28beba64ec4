import type { ReactNode } from 'react';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import type { DirectDraft, DirectField, DirectTextField } from './direct-form.ts';

export interface DirectProps {
  readonly draft: Draft<DirectDraft>;
  readonly problems: Problems<DirectField>;
}

/** One text of the setting, by its name. */
export function DirectText(
  props: DirectProps & {
    readonly field: DirectTextField;
    readonly label: string;
    readonly hint: string;
    readonly placeholder?: string;
    readonly numeric?: boolean;
    readonly maxLength?: number;
  },
): ReactNode {
  const { draft, problems, field, ...rest } = props;
  return (
    <TextField
      {...rest}
      value={draft.value[field]}
      problem={problems[field]}
      onEdit={(text) => draft.edit({ [field]: text })}
    />
  );
}
