import type { ReactNode } from 'react';
import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { PortChoice } from '../../../shared/ipc/admin.ts';
import type { Answer } from '../answers.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { CheckRow } from '../parts/choice.tsx';
import { Field, TextField } from '../parts/field.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';
import { deviceAtPort, deviceOf } from './device-choice.ts';
import { BAUD_CHOICES, otherPort, type ReaderDraft, type ReaderField } from './reader-form.ts';
import { deviceWords } from './transport-words.ts';

const BY_HAND = ' by-hand';

export interface SerialProps {
  readonly draft: Draft<ReaderDraft>;
  readonly problems: Problems<ReaderField>;
  readonly ports: Answer<readonly PortChoice[]>;
  readonly found: readonly DetectedReader[];
  readonly saved: ReaderTransport | null;
}

function usePortHint(ports: Answer<readonly PortChoice[]>): string {
  const { t } = useWords();
  if (ports.value === null) return t('state.loading');
  return ports.value.length === 0 ? t('reader.noPorts') : t('reader.portsFound', { n: ports.value.length });
}

function PortField(props: SerialProps): ReactNode {
  const { t } = useWords();
  const { draft, ports, found, saved } = props;
  const { path, byHand } = draft.value;
  const listed = ports.value ?? [];
  const missing = path !== '' && !listed.some((port) => port.path === path);
  const choose = (chosen: string): void =>
    draft.edit(chosen === BY_HAND ? { byHand: true } : otherPort(chosen, deviceAtPort(chosen, listed, found, saved)));
  return (
    <Field label={t('reader.port')} hint={usePortHint(ports)} problem={byHand ? undefined : props.problems.path}>
      {(control) => (
        <span className="with-suffix">
          <select
            {...control}
            className="input"
            value={byHand ? BY_HAND : path}
            onChange={({ target }) => choose(target.value)}
          >
            {path === '' ? <option value="">{t('reader.choosePort')}</option> : null}
            {missing ? <option value={path}>{t('reader.portGone', { path })}</option> : null}
            {listed.map((port) => (
              <option key={port.path} value={port.path}>
                {port.label === port.path || port.label === '' ? port.path : `${port.path} · ${port.label}`}
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

/** Which device the port belongs to, in words, and whether another one there is refused. */
function PinField(props: { readonly draft: Draft<ReaderDraft> }): ReactNode {
  const { t } = useWords();
  const { draft } = props;
  const device = deviceOf(draft.value);
  if (draft.value.path.trim() === '') return null;
  if (device === null) return <p className="muted pin-note">{t('reader.pinNone')}</p>;
  return (
    <div className="pin-note">
      <CheckRow
        label={t('reader.pin')}
        note={t('reader.pinNote')}
        checked={draft.value.pinned}
        onToggle={(pinned) => draft.edit({ pinned })}
      />
      <p className="code">
        {draft.value.pinned ? t('reader.pinned', { device: deviceWords(device, t) }) : deviceWords(device, t)}
      </p>
    </div>
  );
}

/** The fields of a serial reader: which port, a path by hand, the device it is pinned to, and the speed. */
export function SerialFields(props: SerialProps): ReactNode {
  const { t } = useWords();
  const { draft, problems, ports } = props;
  const editPath = (path: string): void => draft.edit({ ...otherPort(path, null), byHand: true });
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
        onEdit={editPath}
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
                {baud === 'auto' ? t('reader.baudAutoShort') : baud}
              </option>
            ))}
          </select>
        )}
      </Field>
      <PinField draft={draft} />
    </>
  );
}
