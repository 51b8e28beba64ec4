import type { ReactNode } from 'react';
import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderStatus } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer } from '../answers.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { RadioList } from '../parts/choice.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useParsedForm } from '../use-parsed-form.ts';
import { useWords } from '../words.tsx';
import { DeviceFields } from './device-fields.tsx';
import { ServiceFields, TcpFields } from './network-fields.tsx';
import {
  otherKind,
  parseReader,
  READER_KINDS,
  readerDraft,
  type ReaderDraft,
  type ReaderField,
} from './reader-form.ts';
import { SerialFields } from './serial-fields.tsx';

interface ConnectionProps {
  readonly status: ReaderStatus;
  readonly draft: Draft<ReaderDraft>;
  readonly found: readonly DetectedReader[];
  /** Whether the simulated reader may be chosen. */
  readonly demo: boolean;
  readonly onSaved: (status: ReaderStatus) => void;
}

function KindFields(props: ConnectionProps & { readonly problems: Problems<ReaderField> }): ReactNode {
  const ports = useAnswer('admin:list-ports', null);
  const { draft, problems, found } = props;
  switch (draft.value.kind) {
    case 'serial':
      return (
        <SerialFields draft={draft} problems={problems} ports={ports} found={found} saved={props.status.transport} />
      );
    case 'usb':
    case 'hid':
      return <DeviceFields draft={draft} problems={problems} kind={draft.value.kind} found={found} />;
    case 'tcp':
      return <TcpFields draft={draft} problems={problems} />;
    case 'service':
      return <ServiceFields draft={draft} problems={problems} />;
    default:
      return null;
  }
}

/** How the reader is reached: the kind of connection, and below it what this kind needs. */
export function ConnectionForm(props: ConnectionProps): ReactNode {
  const { t } = useWords();
  const { status, draft } = props;
  const { problems, form } = useParsedForm({
    draft,
    parse: (value) => {
      const read = parseReader(value);
      return read.ok ? { ok: true, value: { transport: read.value } } : read;
    },
    action: useAction('admin:save-reader'),
    onSaved: props.onSaved,
  });
  const saved = readerDraft(status.transport);
  const kinds = READER_KINDS.filter((kind) => kind !== 'simulated' || props.demo || saved.kind === 'simulated');
  return (
    <SettingsForm {...form}>
      <RadioList
        legend={t('reader.transport')}
        value={draft.value.kind}
        onChoose={(kind) => draft.edit(otherKind(saved, kind))}
        options={kinds.map((kind) => ({
          value: kind,
          label: t(`reader.kinds.${kind}`),
          note: t(`reader.kindNotes.${kind}`),
        }))}
      />
      <div className="reader-fields">
        <KindFields {...props} problems={problems} />
      </div>
    </SettingsForm>
  );
}
