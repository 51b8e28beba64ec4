import { useState, type ReactNode } from 'react';
import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderStatus } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer } from '../answers.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { RadioList } from '../parts/choice.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
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
  const [problems, setProblems] = useState<Problems<ReaderField>>({});
  const { phase, run } = useAction('admin:save-reader');
  const save = (): boolean => {
    if (!draft.changed) return true;
    const result = parseReader(draft.value);
    setProblems(result.ok ? {} : result.problems);
    if (!result.ok) return false;
    void run({ transport: result.value }).then((answer) => {
      if (!answer.ok) return;
      draft.discard();
      props.onSaved(answer.value);
    });
    return true;
  };
  const saved = readerDraft(status.transport);
  const kinds = READER_KINDS.filter((kind) => kind !== 'simulated' || props.demo || saved.kind === 'simulated');
  return (
    <SettingsForm
      changed={draft.changed}
      phase={phase}
      onSave={save}
      onDiscard={() => {
        setProblems({});
        draft.discard();
      }}
    >
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
