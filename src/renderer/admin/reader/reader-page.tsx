import { useState, type ReactNode } from 'react';
import type { AdminAnswers, ReaderStatus } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer, usePolling } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { readerState } from '../overview/health-rows.ts';
import { RadioList } from '../parts/choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { Facts, Loaded, Page, Section } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useWords } from '../words.tsx';
import { SerialFields, TcpFields } from './reader-fields.tsx';
import { parseReader, readerDraft, type ReaderDraft } from './reader-form.ts';
import { TestRead } from './test-read.tsx';

const REFRESH_EVERY_MS = 3_000;

function ReaderForm(props: {
  readonly status: ReaderStatus;
  readonly onSaved: (status: ReaderStatus) => void;
}): ReactNode {
  const { t } = useWords();
  const draft = useDraft('reader', readerDraft(props.status.transport));
  const [problems, setProblems] = useState<Problems<keyof ReaderDraft>>({});
  const ports = useAnswer('admin:list-ports', null);
  const { phase, run } = useAction('admin:save-reader');
  const save = (): boolean => {
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
  const { kind } = draft.value;
  const kinds =
    props.status.transport?.kind === 'simulated'
      ? (['simulated', 'serial', 'tcp', 'off'] as const)
      : (['serial', 'tcp', 'off'] as const);
  return (
    <SettingsForm changed={draft.changed} phase={phase} onSave={save} onDiscard={draft.discard}>
      <RadioList
        legend={t('reader.transport')}
        value={kind}
        onChoose={(chosen) => draft.edit({ kind: chosen })}
        options={kinds.map((one) => ({
          value: one,
          label: t(`reader.kinds.${one}`),
          note: t(`reader.kindNotes.${one}`),
        }))}
      />
      <div className="reader-fields">
        {kind === 'serial' ? <SerialFields draft={draft} problems={problems} ports={ports} /> : null}
        {kind === 'tcp' ? <TcpFields draft={draft} problems={problems} /> : null}
      </div>
    </SettingsForm>
  );
}

function ReaderState(props: { readonly seen: ReturnType<typeof readerState> }): ReactNode {
  const { tone, state, detail } = props.seen;
  return (
    <>
      <Mark tone={tone}>{state}</Mark>
      {tone === 'good' ? null : <small className="muted">{detail}</small>}
    </>
  );
}

function StatusFacts(props: { readonly status: ReaderStatus }): ReactNode {
  const words = useWords();
  const { t } = words;
  const { status } = props;
  const seen = readerState(status, words);
  return (
    <Section title={t('reader.status')}>
      <Facts
        facts={[
          { name: t('overview.state'), value: <ReaderState seen={seen} /> },
          { name: t('reader.samId'), value: <span className="code">{status.samId ?? '—'}</span> },
          { name: t('reader.origin'), value: status.simulated ? t('reader.simulated') : t('reader.real') },
        ]}
      />
    </Section>
  );
}

/** How the card reader is reached, whether it answers, and a read to prove it. */
export function ReaderPage(): ReactNode {
  const { t } = useWords();
  const status = useAnswer('admin:reader', null);
  usePolling(status.reload, REFRESH_EVERY_MS);
  const draftOf = useDraft('reader', readerDraft(status.value?.transport ?? null));
  const [read, setRead] = useState<AdminAnswers['admin:test-reader'] | null>(null);
  const changed = status.value !== null && draftOf.changed;
  const blocked = changed ? t('reader.testSaveFirst') : status.value?.transport === null ? t('reader.testOff') : null;
  return (
    <Page title={t('section.reader')} summary={t('reader.summary')}>
      <Loaded answer={status}>
        {(value) => (
          <div className="columns">
            <ReaderForm status={value} onSaved={status.replace} />
            <div>
              <StatusFacts status={value} />
              <TestRead blocked={blocked} read={read} onRead={setRead} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
