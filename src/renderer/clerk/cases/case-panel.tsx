import { useState, type ReactNode } from 'react';
import type { ReviewDecision } from '../../../shared/domain/review.ts';
import type { ReviewCase, ShownPictures } from '../../../shared/ipc/clerk.ts';
import { Notice } from '../../ui/notice.tsx';
import { Loading, Section } from '../../ui/section.tsx';
import { useAction, useAnswer } from '../answers.ts';
import { useViewer } from '../environment.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { KeyButton } from '../parts/key-button.tsx';
import { Faces } from '../parts/pictures.tsx';
import { ReceiptDialog } from '../receipt/receipt-dialog.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { useWords } from '../words.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CaseHistory } from './case-history.tsx';
import { CaseVerdicts } from './case-verdicts.tsx';
import { DecisionForm } from './decision-form.tsx';

function KeptPictures({ shown }: { readonly shown: ReviewCase }): ReactNode {
  const { t } = useWords();
  const look = useAction('clerk:evidence');
  const [pictures, setPictures] = useState<ShownPictures | null>(null);
  const { certifyId } = shown.detail.record;
  const allowed = useViewer().may('see-evidence');
  const canShow = shown.hasEvidence && allowed && pictures === null;
  const show = (): void => {
    void look.run({ certifyId }).then((seen) => seen.ok && setPictures(seen.value));
  };
  useShortcuts({ v: canShow ? show : undefined });
  if (!shown.hasEvidence) return <p className="muted">{t('case.noPictures')}</p>;
  if (!allowed) return <p className="muted">{t('live.picturesRight')}</p>;
  if (pictures !== null) return <Faces pictures={pictures} />;
  return (
    <>
      <p className="show-pictures">
        <KeyButton shortcut="V" disabled={look.running} onPress={show}>
          {t('case.showPictures')}
        </KeyButton>
        <span className="muted">{t('case.picturesNoted')}</span>
      </p>
      {look.failure === null ? null : <FailureNote failure={look.failure} />}
    </>
  );
}

/** Why nothing can be decided here; null where something can. */
function Hindrance({ shown }: { readonly shown: ReviewCase }): ReactNode {
  const { t } = useWords();
  if (shown.standing.awaitsVerifier) return <Notice kind="info">{t('case.waitsVerifier')}</Notice>;
  if (shown.action === 'none') return <p className="muted">{t('case.settledPass')}</p>;
  if (!shown.mayAct) return <p className="muted">{t('case.noRight')}</p>;
  return shown.secondPerson && shown.action === 'decide' ? <Notice kind="info">{t('case.two')}</Notice> : null;
}

function Actions(props: {
  readonly shown: ReviewCase;
  readonly onDecide: (decision: ReviewDecision) => void;
  readonly onReceipt: () => void;
}): ReactNode {
  const { t } = useWords();
  const { shown, onDecide, onReceipt } = props;
  const decides = shown.mayAct && shown.action === 'decide';
  const overrides = shown.mayAct && shown.action === 'override';
  // Going over a refusal is what it is mostly for; the form offers the others.
  const override = (): void => onDecide(shown.standing.state === 'passed' ? 'refused' : 'approved');
  useShortcuts({
    a: decides ? () => onDecide('approved') : undefined,
    r: decides ? () => onDecide('refused') : undefined,
    b: decides ? () => onDecide('returned') : undefined,
    o: overrides ? override : undefined,
    p: onReceipt,
  });
  return (
    <div className="actions">
      {decides ? (
        <>
          <KeyButton shortcut="A" kind="primary" onPress={() => onDecide('approved')}>
            {t('case.approve')}
          </KeyButton>
          <KeyButton shortcut="R" onPress={() => onDecide('refused')}>
            {t('case.refuse')}
          </KeyButton>
          <KeyButton shortcut="B" onPress={() => onDecide('returned')}>
            {t('case.return')}
          </KeyButton>
        </>
      ) : null}
      {overrides ? (
        <KeyButton shortcut="O" onPress={override}>
          {t('case.overrideAction')}
        </KeyButton>
      ) : null}
      <KeyButton shortcut="P" onPress={onReceipt}>
        {t('case.print')}
      </KeyButton>
    </div>
  );
}

/** One record: the machine's verdict, what others said, its pictures while they are kept, and what can be done. */
export function CasePanel(props: {
  readonly certifyId: string;
  readonly onBack: () => void;
  readonly onDecided: () => void;
}): ReactNode {
  const { t } = useWords();
  const { value, failure, reload, replace } = useAnswer('clerk:case', { certifyId: props.certifyId });
  const [deciding, setDeciding] = useState<ReviewDecision | null>(null);
  const [receipt, setReceipt] = useState(false);
  const back = (
    <KeyButton shortcut="Esc" narrow onPress={props.onBack}>
      {t('app.back')}
    </KeyButton>
  );
  if (value === null) {
    return (
      <>
        {back}
        {failure === null ? <Loading>{t('app.loading')}</Loading> : <FailureNote failure={failure} onRetry={reload} />}
      </>
    );
  }
  const { record } = value.detail;
  return (
    <article className="case">
      {back}
      <header className="case-head">
        <h2>{record.subject?.nameMasked ?? t('records.nobody')}</h2>
        <span className="muted">{record.subject?.numberMasked}</span>
        {record.simulated ? <span className="case-tag">{t('records.simulated')}</span> : null}
      </header>
      <CaseVerdicts shown={value} />
      {deciding === null || value.action === 'none' ? (
        <>
          <Hindrance shown={value} />
          <Actions shown={value} onDecide={setDeciding} onReceipt={() => setReceipt(true)} />
        </>
      ) : (
        <DecisionForm
          shown={value}
          action={value.action}
          first={deciding}
          onDone={(decided) => {
            replace(decided);
            setDeciding(null);
            props.onDecided();
          }}
          onCancel={() => setDeciding(null)}
          onOld={() => {
            setDeciding(null);
            reload();
            props.onDecided();
          }}
        />
      )}
      <Section title={t('case.pictures')}>
        <KeptPictures shown={value} />
      </Section>
      <CaseFacts shown={value} />
      <CaseHistory reviews={value.reviews} />
      {receipt ? <ReceiptDialog certifyId={record.certifyId} onClose={() => setReceipt(false)} /> : null}
    </article>
  );
}
