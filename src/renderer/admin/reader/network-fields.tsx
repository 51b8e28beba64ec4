import type { ReactNode } from 'react';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { Field, TextField } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import { otherDialect, SERVICE_DIALECTS, type ReaderDraft, type ReaderField } from './reader-form.ts';

interface FieldsProps {
  readonly draft: Draft<ReaderDraft>;
  readonly problems: Problems<ReaderField>;
}

/** The fields of a reader behind a network port. */
export function TcpFields(props: FieldsProps): ReactNode {
  const { t } = useWords();
  const { draft, problems } = props;
  return (
    <>
      <TextField
        label={t('reader.host')}
        hint={t('reader.hostHint')}
        value={draft.value.host}
        problem={problems.host}
        onEdit={(host) => draft.edit({ host })}
      />
      <TextField
        label={t('reader.tcpPort')}
        hint={t('reader.tcpPortHint')}
        value={draft.value.port}
        problem={problems.port}
        onEdit={(port) => draft.edit({ port })}
        width="short"
        numeric
        maxLength={5}
      />
    </>
  );
}

/** The fields of a vendor's service on this machine: which one, and where it listens. */
export function ServiceFields(props: FieldsProps): ReactNode {
  const { t } = useWords();
  const { draft, problems } = props;
  return (
    <>
      <Field label={t('reader.dialect')} hint={t('reader.dialectHint')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={draft.value.dialect}
            onChange={({ target }) => {
              const dialect = SERVICE_DIALECTS.find((one) => one === target.value);
              if (dialect !== undefined) draft.edit(otherDialect(dialect));
            }}
          >
            {SERVICE_DIALECTS.map((dialect) => (
              <option key={dialect} value={dialect}>
                {t(`reader.dialects.${dialect}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label={t('reader.address')}
        hint={t('reader.addressHint')}
        value={draft.value.address}
        problem={problems.address}
        onEdit={(address) => draft.edit({ address })}
        maxLength={200}
      />
    </>
  );
}
