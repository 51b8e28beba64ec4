import type { ReactNode } from 'react';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import type { CertificationRecord } from '../../../shared/domain/certification.ts';
import { REASONS } from '../../../shared/reasons.ts';
import type { RecordDetail } from '../../../shared/ipc/admin.ts';
import { useAnswer } from '../answers.ts';
import { dateTime } from '../formats.ts';
import { Drawer } from '../parts/drawer.tsx';
import { Mark, VerdictMark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';
import { Facts, type Fact, Loaded, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { RecordConfirmation } from './record-confirmation.tsx';
import { consentFacts, RecordContext } from './record-context.tsx';
import { RecordPerson } from './record-person.tsx';
import { settledState } from './settled-state.ts';
import { comparisonFacts, livenessFacts, StagesTable } from './record-evidence.tsx';

function Outcome(props: { readonly detail: RecordDetail }): ReactNode {
  const { t, language } = useWords();
  const { record } = props.detail;
  const { verdict } = record;
  const settled = settledState(props.detail);
  const reason = settled?.reason ?? verdict.reason;
  const state = settled?.state ?? verdict.state;
  return (
    <>
      {props.detail.verification?.needsReview ? (
        <Notice kind="warning">{t('record.confirmation.needsReview')}</Notice>
      ) : null}
      {record.simulated ? <Notice kind="demo">{t('record.simulated')}</Notice> : null}
      <div className={`outcome outcome-${state}`}>
        <VerdictMark state={state} />
        <p>{reasonText(reason, language, 'clerk')}</p>
        <p className="muted">{nextStepText(REASONS[reason].next, language, 'clerk')}</p>
        <small className="code muted">{record.detail === undefined ? reason : `${reason} · ${record.detail}`}</small>
        {settled === null ? null : (
          <small className="muted">
            {t('recordContext.settled')} · {t('recordContext.captured', { reason: verdict.reason })}
          </small>
        )}
      </div>
    </>
  );
}

type Translate = ReturnType<typeof useWords>['t'];

function documentText({ document }: CertificationRecord, t: Translate): string {
  if (document === null) return '—';
  const card = t(`card.${document.kind}`);
  switch (document.source) {
    case 'typed':
      return t('presented.typed', { card });
    case 'photographed':
    case 'travel-chip':
    case 'travel-zone':
      return t(`presentedDocuments.${document.source}`, { card });
    default:
      return card;
  }
}

function portraitText({ document }: CertificationRecord, t: Translate): string {
  if (document === null) return '—';
  const chip = ['typed', 'photographed', 'travel-zone'].includes(document.source ?? 'chip')
    ? '—'
    : t(`portrait.${document.portrait}`);
  return document.portraitSource === 'printed' ? t('presented.printed', { chip }) : chip;
}

/** What reading a picture or a travel document's chip left in the record. */
function readDocumentFacts({ document }: CertificationRecord, t: Translate): readonly Fact[] {
  const { reading, signature } = document ?? {};
  const none = t('presentedDocuments.none');
  return [
    ...(signature
      ? [{ name: t('presentedDocuments.chipSignature'), value: t(`presentedDocuments.signature.${signature}`) }]
      : []),
    ...(reading
      ? [
          {
            name: t('presentedDocuments.warnings'),
            value: reading.warnings.map((kind) => t(`documents.warning.${kind}`)).join(t('documents.between')) || none,
          },
          {
            name: t('presentedDocuments.corrections'),
            value:
              reading.corrections
                .map(({ field, by, action, charactersChanged: n }) =>
                  t(`presentedDocuments.correction.${action}`, {
                    field: t(`documents.field.${field}`),
                    by: t(`presentedDocuments.by.${by}`),
                    n,
                  }),
                )
                .join(t('documents.between')) || none,
          },
        ]
      : []),
  ];
}

function Subject(props: { readonly detail: RecordDetail }): ReactNode {
  const { t } = useWords();
  const { record } = props.detail;
  return (
    <Section title={t('record.subject')}>
      <Facts
        facts={[
          { name: t('field.name'), value: record.subject?.nameMasked ?? '—' },
          { name: t('field.number'), value: <span className="code">{record.subject?.numberMasked ?? '—'}</span> },
          { name: t('field.document'), value: documentText(record, t) },
          {
            name: t('field.portrait'),
            value: portraitText(record, t),
          },
          ...readDocumentFacts(record, t),
          { name: t('record.scene'), value: `${record.sceneId} · ${record.scheme}` },
          { name: t('record.started'), value: dateTime(record.startedAtMs) },
          { name: t('record.decided'), value: dateTime(record.decidedAtMs) },
          { name: t('record.basis'), value: t(`basis.${record.verdict.basis}`) },
          {
            name: t('record.consent'),
            value:
              record.consent === null
                ? t('record.noConsent')
                : t(record.consent.transmit ? 'record.consentBoth' : 'record.consentCapture'),
          },
          ...consentFacts(record, t),
          {
            name: t('record.devices'),
            value: [record.devices.reader ?? '—', record.devices.camera ?? '—'].join(' / '),
          },
        ]}
      />
    </Section>
  );
}

function Receipt(props: { readonly detail: RecordDetail }): ReactNode {
  const { t } = useWords();
  const { detail } = props;
  const { body } = detail.receipt;
  const signed = detail.countersignature;
  return (
    <Section title={t('record.receipt')}>
      <Facts
        facts={[
          {
            name: t('record.countersigned'),
            value:
              signed === null ? (
                <Mark tone="waiting">{t('record.notCountersigned')}</Mark>
              ) : (
                <Mark tone="good">{t('record.countersignedAt', { time: dateTime(signed.acceptedAtMs) })}</Mark>
              ),
          },
          { name: t('record.sequence'), value: String(body.seq) },
          { name: t('record.id'), value: <span className="code">{body.certifyId}</span> },
          { name: t('record.hash'), value: <span className="code">{detail.receiptHash}</span> },
          { name: t('record.deviceKey'), value: <span className="code">{detail.receipt.device.keyId}</span> },
          { name: t('record.eraseAfter'), value: dateTime(body.eraseAfterMs).slice(0, 10) },
        ]}
      />
    </Section>
  );
}

function Evidence(props: { readonly detail: RecordDetail }): ReactNode {
  const { t } = useWords();
  const { comparison, liveness } = props.detail.record;
  return (
    <>
      <Section title={t('record.comparison')}>
        {comparison === null ? (
          <p className="muted">{t('record.notReached')}</p>
        ) : (
          <Facts facts={comparisonFacts(comparison, t)} />
        )}
      </Section>
      <Section title={t('record.liveness')}>
        {liveness === null ? (
          <p className="muted">{t('record.notReached')}</p>
        ) : (
          <Facts facts={livenessFacts(liveness, t)} />
        )}
      </Section>
    </>
  );
}

/** One record in full: what was decided and why, in words for the clerk, then the evidence and the receipt. */
export function RecordDrawer(props: { readonly certifyId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const answer = useAnswer('admin:record', { certifyId: props.certifyId });
  return (
    <Drawer title={t('record.title')} onClose={props.onClose}>
      <Loaded answer={answer}>
        {(detail) => (
          <>
            <Outcome detail={detail} />
            <Subject detail={detail} />
            <RecordContext record={detail.record} />
            <RecordConfirmation verification={detail.verification} />
            <Evidence detail={detail} />
            <StagesTable stagesMs={detail.record.stagesMs} />
            <Receipt detail={detail} />
            <RecordPerson record={detail.record} onErased={answer.reload} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
