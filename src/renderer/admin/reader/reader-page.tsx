import { useState, type ReactNode } from 'react';
import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { AdminAnswers, ReaderStatus } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer, usePolling, type Answer } from '../answers.ts';
import { changesOnly } from '../changes.ts';
import { useDraft, type Draft } from '../drafts.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { FindReaders, type Chosen } from './find-readers.tsx';
import { parseReader, readerDraft, type ReaderDraft } from './reader-form.ts';
import { ReadingSection } from './reading-section.tsx';
import { StatusSection } from './status-section.tsx';
import { StepByStep, type Checkable } from './step-by-step.tsx';
import { TestRead } from './test-read.tsx';

const REFRESH_EVERY_MS = 3_000;

function checkableOf(draft: ReaderDraft): Checkable {
  const result = parseReader(draft);
  return result.ok ? result.value : 'wrong-input';
}

/** Whether the form says just what a found reader would need, and whether that is saved. */
function choiceOf(draft: Draft<ReaderDraft>, transport: ReaderTransport): Chosen {
  const needed = changesOnly(draft.value, readerDraft(transport));
  if (Object.keys(needed).length > 0) return 'no';
  return draft.changed ? 'drafted' : 'saved';
}

function whyNoTest(status: ReaderStatus, changed: boolean, t: Translate): string | null {
  if (changed) return t('reader.testSaveFirst');
  return status.transport === null ? t('reader.testOff') : null;
}

function Connection(props: { readonly status: ReaderStatus; readonly answer: Answer<ReaderStatus> }): ReactNode {
  const { t } = useWords();
  const { status, answer } = props;
  const draft: Draft<ReaderDraft> = useDraft('reader', readerDraft(status.transport));
  const system = useAnswer('admin:system', null);
  const reading = useAnswer('admin:card-reading', null);
  const search = useAction('admin:detect-readers');
  const [found, setFound] = useState<readonly DetectedReader[] | null>(null);
  const [read, setRead] = useState<AdminAnswers['admin:test-reader'] | null>(null);
  return (
    <div className="columns">
      <div>
        <ConnectionForm
          status={status}
          draft={draft}
          found={found ?? []}
          demo={system.value?.demo ?? false}
          onSaved={answer.replace}
        />
        <ReadingSection answer={reading} />
      </div>
      <div>
        <StatusSection status={status} />
        <ChangeableBy right="test-devices">
          <FindReaders
            search={search}
            found={found}
            onFound={setFound}
            chosen={(transport) => choiceOf(draft, transport)}
            onUse={(transport) => draft.edit(readerDraft(transport))}
          />
          <StepByStep target={checkableOf(draft.value)} busy={search.phase.state === 'running'} />
          <TestRead
            blocked={whyNoTest(status, draft.changed, t)}
            asked={reading.value?.reading.fingerprint ?? null}
            read={read}
            onRead={setRead}
          />
        </ChangeableBy>
      </div>
    </div>
  );
}

/** How the card reader is reached, whether it answers, a read to prove it, and what is read from a card. */
export function ReaderPage(): ReactNode {
  const { t } = useWords();
  const status = useAnswer('admin:reader', null);
  usePolling(status.reload, REFRESH_EVERY_MS);
  return (
    <Page title={t('section.reader')} summary={t('reader.summary')}>
      <Loaded answer={status}>{(value) => <Connection status={value} answer={status} />}</Loaded>
    </Page>
  );
}
