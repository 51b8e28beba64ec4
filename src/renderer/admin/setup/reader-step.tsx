import { useState, type ReactNode } from 'react';
import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { AdminAnswers, ReaderStatus } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer, usePolling, type Answer } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { FindReaders } from '../reader/find-readers.tsx';
import { TestRead } from '../reader/test-read.tsx';
import { transportWords } from '../reader/transport-words.ts';
import { useWords } from '../words.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';

const REFRESH_EVERY_MS = 3_000;

function Choose(
  props: StepProps & { readonly answer: Answer<ReaderStatus>; readonly status: ReaderStatus },
): ReactNode {
  const { t } = useWords();
  const { answer, status } = props;
  const system = useAnswer('admin:system', null);
  const reading = useAnswer('admin:card-reading', null);
  const search = useAction('admin:detect-readers');
  const saving = useAction('admin:save-reader');
  const [found, setFound] = useState<readonly DetectedReader[] | null>(null);
  const [read, setRead] = useState<AdminAnswers['admin:test-reader'] | null>(null);
  const [none, setNone] = useState(false);
  const demo = system.value?.demo === true;
  const inUse = status.transport !== null || status.simulated;
  const use = async (transport: ReaderTransport | null): Promise<void> => {
    const saved = await saving.run({ transport });
    if (!saved.ok) return;
    setNone(transport === null);
    answer.replace(saved.value);
  };
  const isInUse = (transport: ReaderTransport): boolean =>
    JSON.stringify(transport) === JSON.stringify(status.transport);
  return (
    <StepFrame {...props} step="reader" ready={read !== null || none} outcome={none ? 'not-here' : 'done'}>
      <div className="columns">
        <div>
          {demo ? (
            <>
              <Notice kind="demo">{t('setup.reader.simulatedNote')}</Notice>
              {status.simulated ? null : (
                <button type="button" className="button" onClick={() => void use({ kind: 'simulated' })}>
                  {t('setup.reader.simulated')}
                </button>
              )}
            </>
          ) : null}
          <FindReaders
            search={search}
            found={found}
            onFound={setFound}
            chosen={(transport) => (isInUse(transport) ? 'saved' : 'no')}
            onUse={(transport) => void use(transport)}
          />
          <Section title={t('setup.reader.none')}>
            <p className="muted">{t('setup.reader.noneNote')}</p>
            <button
              type="button"
              className="button"
              disabled={saving.phase.state === 'running'}
              onClick={() => void use(null)}
            >
              {t('setup.reader.none')}
            </button>
          </Section>
        </div>
        <div>
          <div className="setup-result" role="status">
            {none ? <Mark tone="off">{t('setup.reader.noneSaved')}</Mark> : null}
            {inUse && !none ? (
              <Mark tone="good">{t('setup.reader.inUse', { what: transportWords(status.transport, t) })}</Mark>
            ) : null}
          </div>
          {saving.phase.state === 'failed' ? <FailureNote failure={saving.phase.failure} /> : null}
          <TestRead
            blocked={inUse && !none ? null : t('setup.reader.testFirst')}
            asked={reading.value?.reading.fingerprint ?? null}
            read={read}
            onRead={setRead}
          />
        </div>
      </div>
    </StepFrame>
  );
}

/** Finds a reader, uses it, and reads a card to prove it. */
export function ReaderStep(props: StepProps): ReactNode {
  const status = useAnswer('admin:reader', null);
  usePolling(status.reload, REFRESH_EVERY_MS);
  return <Loaded answer={status}>{(value) => <Choose {...props} answer={status} status={value} />}</Loaded>;
}
