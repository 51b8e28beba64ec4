import { useEffect, useState, type ReactNode } from 'react';
import type { DocumentDevices } from '../../../shared/domain/document-devices.ts';
import type { DocumentPage } from '../../../shared/domain/document-reading.ts';
import type { AdminAnswers } from '../../../shared/ipc/admin.ts';
import { ask, useAction, useAnswer, type Answer } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { Mark } from '../parts/mark.tsx';
import { Facts, Loaded, Page, Section } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { CaptureSection } from './capture-section.tsx';
import { ChipSection } from './chip-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { ReadingResult, type ConfirmedReading } from './reading-result.tsx';

function Confirmed({ confirmed }: { readonly confirmed: ConfirmedReading }): ReactNode {
  const { t } = useWords();
  const fields = confirmed.touched.map((name) => t(`documents.field.${name}`)).join(t('documents.between'));
  return (
    <div role="status">
      <Mark tone="good">{fields === '' ? t('documents.confirmedNone') : t('documents.confirmed', { fields })}</Mark>
      <Facts
        facts={confirmed.facts.map(({ name, masked }) => ({
          name: t(`documents.field.${name}`),
          value: <span className="code">{masked}</span>,
        }))}
      />
    </div>
  );
}

function Desk(props: { readonly devices: DocumentDevices; readonly answer: Answer<DocumentDevices> }): ReactNode {
  const { t } = useWords();
  const { bridge } = useEnvironment();
  const [page, setPage] = useState<DocumentPage>('id-card-front');
  const [read, setRead] = useState<AdminAnswers['admin:read-document'] | null>(null);
  const [confirmed, setConfirmed] = useState<ConfirmedReading | null>(null);
  const reading = useAction('admin:read-document');
  const camera = useAnswer('admin:camera', null);
  const mayTest = useRights().can('test-devices');
  // Nothing that was read outlives the page.
  useEffect(() => () => void ask(bridge, 'admin:drop-document', null), [bridge]);
  const forget = (next: ConfirmedReading | null): void => {
    setRead(null);
    setConfirmed(next);
  };
  const take = async (image: Uint8Array<ArrayBuffer>): Promise<void> => {
    forget(null);
    const answer = await reading.run({ page, image });
    if (answer.ok) setRead(answer.value);
  };
  return (
    <div className="columns">
      <div>
        <ChangeableBy right="test-devices">
          <CaptureSection
            page={page}
            onPage={setPage}
            deviceId={props.devices.camera?.deviceId ?? camera.value?.deviceId ?? null}
            phase={reading.phase}
            onPicture={(image) => void take(image)}
          />
        </ChangeableBy>
        <DevicesSection saved={props.devices} onSaved={props.answer.replace} />
      </div>
      <div>
        <Section title={t('documents.result')}>
          {read === null && confirmed === null ? <p className="muted">{t('documents.nothing')}</p> : null}
          {confirmed === null ? null : <Confirmed confirmed={confirmed} />}
          {read === null ? null : (
            <ReadingResult
              key={read.readingId}
              read={read}
              onConfirmed={forget}
              onDrop={() => {
                forget(null);
                void ask(bridge, 'admin:drop-document', null);
              }}
            />
          )}
        </Section>
        {mayTest ? (
          <ChipSection
            enabled={props.devices.chipReader !== null}
            zone={read?.reading.page === 'travel-document' ? read.reading.zone : null}
          />
        ) : null}
      </div>
    </div>
  );
}

/** Reading documents at the counter, and what they are read with. */
export function DocumentsPage(): ReactNode {
  const { t } = useWords();
  const devices = useAnswer('admin:document-devices', null);
  return (
    <Page title={t('section.documents')} summary={t('documents.summary')}>
      <Loaded answer={devices}>{(value) => <Desk devices={value} answer={devices} />}</Loaded>
    </Page>
  );
}
