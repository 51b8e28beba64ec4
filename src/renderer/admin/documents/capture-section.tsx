import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { DOCUMENT_PAGES, type DocumentPage } from '../../../shared/domain/document-reading.ts';
import { MAX_DOCUMENT_FILE_BYTES } from '../../../shared/ipc/document-capture.ts';
import type { ActionPhase } from '../answers.ts';
import { RadioList } from '../parts/choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { DocumentCamera } from './document-camera.tsx';

export interface CaptureProps {
  readonly page: DocumentPage;
  readonly onPage: (page: DocumentPage) => void;
  readonly deviceId: string | null;
  readonly phase: ActionPhase;
  readonly onPicture: (image: Uint8Array<ArrayBuffer>) => void;
}

/** A file that is chosen or dropped. */
function FilePicker(props: { readonly disabled: boolean; readonly onFile: (file: File) => void }): ReactNode {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="file-picker">
      <button type="button" className="button" disabled={props.disabled} onClick={() => input.current?.click()}>
        {t('documents.file')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp,image/bmp"
        aria-label={t('documents.file')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) props.onFile(file);
        }}
      />
      <span className="muted">{t('documents.fileNote')}</span>
    </div>
  );
}

/** Which document, and where its picture comes from. */
export function CaptureSection({ page, onPage, deviceId, phase, onPicture }: CaptureProps): ReactNode {
  const { t } = useWords();
  const [camera, setCamera] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const running = phase.state === 'running';
  const take = (file: File): void => {
    setTooLarge(file.size > MAX_DOCUMENT_FILE_BYTES);
    if (file.size > MAX_DOCUMENT_FILE_BYTES) return;
    void file.arrayBuffer().then((bytes) => onPicture(new Uint8Array(bytes)));
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file && !running) take(file);
  };
  return (
    <Section title={t('documents.pick')}>
      <div onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <RadioList
          inline
          legend={t('documents.page')}
          value={page}
          onChoose={onPage}
          options={DOCUMENT_PAGES.map((value) => ({ value, label: t(`documents.pages.${value}`), disabled: running }))}
        />
        <FilePicker disabled={running} onFile={take} />
        <button type="button" className="button" onClick={() => setCamera((on) => !on)}>
          {t(camera ? 'documents.closeCamera' : 'documents.fromCamera')}
        </button>
        {camera ? <DocumentCamera page={page} deviceId={deviceId} busy={running} onPicture={onPicture} /> : null}
        <div className="capture-outcome" role="status">
          {running ? <Mark tone="waiting">{t('documents.reading')}</Mark> : null}
          {tooLarge ? <Notice kind="warning">{t('documents.tooLarge')}</Notice> : null}
          {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        </div>
      </div>
    </Section>
  );
}
