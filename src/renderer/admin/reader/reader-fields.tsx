import type { ReactNode } from 'react';
import type { PortChoice } from '../../../shared/ipc/admin.ts';
import type { Answer } from '../answers.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { Field, TextField } from '../parts/field.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';
import { BAUD_CHOICES, type ReaderDraft } from './reader-form.ts';

const BY_HAND = ' by-hand';

interface FieldsProps {
  readonly draft: Draft<ReaderDraft>;
  readonly problems: Problems<keyof ReaderDraft>;
}

function PortField(props: FieldsProps & { readonly ports: Answer<readonly PortChoice[]> }): ReactNode {
  const { t } = useWords();
  const { draft, ports } = props;
  const { path, byHand } = draft.value;
  const found = ports.value ?? [];
  const missing = path !== '' && !found.some((port) => port.path === path);
  const hint =
    ports.value === null
      ? t('state.loading')
      : found.length === 0
        ? t('reader.noPorts')
        : t('reader.portsFound', { n: found.length });
  return (
    <Field label={t('reader.port')} hint={hint} problem={byHand ? undefined : props.problems.path}>
      {(control) => (
        <span className="with-suffix">
          <select
            {...control}
            className="input"
            value={byHand ? BY_HAND : path}
            onChange={({ target }) =>
              target.value === BY_HAND
                ? draft.edit({ byHand: true })
                : draft.edit({ byHand: false, path: target.value })
            }
          >
            {path === '' ? <option value="">{t('reader.choosePort')}</option> : null}
            {missing ? <option value={path}>{t('reader.portGone', { path })}</option> : null}
            {found.map((port) => (
              <option key={port.path} value={port.path}>
                {port.label === port.path ? port.path : `${port.path} · ${port.label}`}
              </option>
            ))}
            <option value={BY_HAND}>{t('reader.byHand')}</option>
          </select>
          <button type="button" className="button" disabled={ports.refreshing} onClick={ports.reload}>
            {t('reader.relist')}
          </button>
        </span>
      )}
    </Field>
  );
}

/** The fields of a serial reader: which port, a path by hand, and the speed. */
export function SerialFields(props: FieldsProps & { readonly ports: Answer<readonly PortChoice[]> }): ReactNode {
  const { t } = useWords();
  const { draft, problems, ports } = props;
  return (
    <>
      {ports.failure === null ? null : <FailureNote failure={ports.failure} onRetry={ports.reload} />}
      <PortField {...props} />
      <TextField
        label={t('reader.path')}
        hint={t('reader.pathHint')}
        value={draft.value.path}
        problem={draft.value.byHand ? problems.path : undefined}
        readOnly={!draft.value.byHand}
        onEdit={(path) => draft.edit({ path })}
      />
      <Field label={t('reader.baud')} hint={t('reader.baudHint')}>
        {(control) => (
          <select
            {...control}
            className="input input-short"
            value={draft.value.baud}
            onChange={(event) => draft.edit({ baud: event.target.value })}
          >
            {BAUD_CHOICES.map((baud) => (
              <option key={baud} value={baud}>
                {baud}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
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
