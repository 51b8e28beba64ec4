import { useState, type ReactNode } from 'react';
import type { CertificationRecord } from '../../../shared/domain/certification.ts';
import { useAction } from '../answers.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';

function LiftLimit({ certifyId }: { readonly certifyId: string }): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:lift-limit');
  return (
    <>
      <Notice kind="info">{t('privacy.lift.note')}</Notice>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      <div className="save-bar">
        <button
          type="button"
          className="button"
          disabled={phase.state === 'running' || phase.state === 'done'}
          onClick={() => void run({ certifyId })}
        >
          {t('privacy.lift.button')}
        </button>
        <span role="status">
          {phase.state === 'done' ? <span className="saved">{t('privacy.lift.done')}</span> : null}
        </span>
      </div>
    </>
  );
}

function EraseSubject({
  certifyId,
  onErased,
}: {
  readonly certifyId: string;
  readonly onErased: () => void;
}): ReactNode {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const [receipt, setReceipt] = useState<string | null>(null);
  const { phase, run, reset } = useAction('admin:erase-subject');
  const erase = (): void => {
    void run({ certifyId }).then((answer) => {
      if (!answer.ok) return;
      const latest = answer.value.deletions.toSorted(
        (a, b) => b.receipt.body.erasedAtMs - a.receipt.body.erasedAtMs,
      )[0];
      setReceipt(latest?.receipt.body.deletionId ?? '—');
      setAsking(false);
      onErased();
    });
  };
  return (
    <>
      <div className="save-bar">
        <button
          type="button"
          className="button button-danger"
          disabled={receipt !== null}
          onClick={() => {
            reset();
            setAsking(true);
          }}
        >
          {t('privacy.erase.button')}
        </button>
      </div>
      <p role="status" className="saved wrap">
        {receipt === null ? null : t('privacy.erase.done', { n: receipt })}
      </p>
      {asking ? (
        <ConfirmDialog
          title={t('privacy.erase.title')}
          yes={t('privacy.erase.yes')}
          phase={phase}
          onYes={erase}
          onNo={() => setAsking(false)}
        >
          {t('privacy.erase.text')}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** What staff can do for the person of a record: let them try again today, and erase what is kept of them. */
export function RecordPerson(props: {
  readonly record: CertificationRecord;
  readonly onErased: () => void;
}): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const { certifyId, subject, verdict } = props.record;
  const isLimited = verdict.reason === 'attempts.person-day';
  return (
    <Section title={t('recordContext.person')}>
      {subject === null ? (
        <p className="muted">{t('recordContext.personNone')}</p>
      ) : (
        <>
          {isLimited && can('override') ? <LiftLimit certifyId={certifyId} /> : null}
          {can('erase-subjects') ? <EraseSubject certifyId={certifyId} onErased={props.onErased} /> : null}
        </>
      )}
    </Section>
  );
}
