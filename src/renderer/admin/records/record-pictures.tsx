import { Eye } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import type { EvidencePicture, RecordEvidence, RecordSheet } from '../../../shared/ipc/admin-records.ts';
import { useAction } from '../answers.ts';
import { dateTime } from '../formats.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

/** Puts a picture of this page's memory into an element, and takes it back when the element goes. */
function usePicture(picture: EvidencePicture | null): (element: HTMLImageElement | null) => (() => void) | undefined {
  return useCallback(
    (element) => {
      if (element === null || picture === null) return;
      const address = URL.createObjectURL(new Blob([new Uint8Array(picture.bytes)], { type: picture.type }));
      element.src = address;
      return () => {
        element.removeAttribute('src');
        URL.revokeObjectURL(address);
      };
    },
    [picture],
  );
}

function Picture(props: { readonly name: string; readonly picture: EvidencePicture | null }): ReactNode {
  const { t } = useWords();
  const { picture, name } = props;
  const shown = usePicture(picture);
  return (
    <figure className="evidence-picture">
      {picture === null ? (
        <div className="evidence-none">{t('recordSheet.noPicture')}</div>
      ) : (
        <img ref={shown} alt={name} draggable={false} />
      )}
      <figcaption>{name}</figcaption>
    </figure>
  );
}

function Shown({ evidence }: { readonly evidence: RecordEvidence }): ReactNode {
  const { t } = useWords();
  const [first = null, ...others] = evidence.best;
  return (
    <>
      <div className="evidence">
        <Picture name={t('recordSheet.portrait')} picture={evidence.portrait} />
        <Picture name={t('recordSheet.best', { n: 1 })} picture={first} />
        {others.map((picture, at) => (
          <Picture key={at} name={t('recordSheet.best', { n: at + 2 })} picture={picture} />
        ))}
      </div>
      <p className="muted">{t('recordSheet.shownNote')}</p>
    </>
  );
}

/** The pictures of a record while they are kept: shown on demand, which the audit log notes, and gone with the page. */
export function RecordPictures({ sheet }: { readonly sheet: RecordSheet }): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:record-evidence');
  const [evidence, setEvidence] = useState<RecordEvidence | null>(null);
  const { evidenceUntilMs, maySeeEvidence } = sheet;
  const look = (): void =>
    void run({ certifyId: sheet.record.certifyId }).then((answer) => answer.ok && setEvidence(answer.value));
  return (
    <Section title={t('recordSheet.pictures')}>
      {evidenceUntilMs === null ? (
        <p className="muted">{t('recordSheet.notKept')}</p>
      ) : (
        <>
          <p className="muted">{t('recordSheet.keptUntil', { time: dateTime(evidenceUntilMs) })}</p>
          {evidence !== null ? (
            <Shown evidence={evidence} />
          ) : maySeeEvidence ? (
            <div className="save-bar">
              <button type="button" className="button" disabled={phase.state === 'running'} onClick={look}>
                <Eye aria-hidden="true" size={15} /> {t('recordSheet.look')}
              </button>
              <span className="muted">{t('recordSheet.lookNote')}</span>
            </div>
          ) : (
            <p className="muted">{t('recordSheet.mayNotLook')}</p>
          )}
          {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        </>
      )}
    </Section>
  );
}
