import { useState, type ReactNode } from 'react';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import type { CertificationRecord } from '../../../shared/domain/certification.ts';
import { REASONS } from '../../../shared/reasons.ts';
import type { RecordSheet } from '../../../shared/ipc/admin-records.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { useAnswer } from '../answers.ts';
import { dateTime } from '../formats.ts';
import { Drawer } from '../parts/drawer.tsx';
import { Mark, VerdictMark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';
import { Facts, type Fact, Loaded, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { RecordConfirmation } from './record-confirmation.tsx';
import { consentFacts, RecordContext } from './record-context.tsx';
import { RecordPerson } from './record-person.tsx';
import { RecordPictures } from './record-pictures.tsx';
import { RecordReviews } from './record-reviews.tsx';
import { comparisonFacts, livenessFacts, StagesTable } from './record-evidence.tsx';

function Outcome(props: { readonly detail: RecordSheet }): ReactNode {
  const { t, language } = useWords();
  const { record } = props.detail;
  const { verdict } = record;
  const settled = props.detail.settled ?? null;
  const reason = settled?.reason ?? verdict.reason;
  const state = settled?.state ?? verdict.state;
  return (
    <>
      {props.detail.verification?.needsReview ? (
        <Notice kind="warning">{t('record.confirmation.needsReview')}</Notice>
      ) : null}
      {record.simulated ? <Notice kind="demo">{t('record.simulated')}</Notice> : null}
      {record.test === true ? <Notice kind="info">{t('recordSheet.test')}</Notice> : null}
      <div className={`outcome outcome-${state}`}>
        <VerdictMark state={state} />
        <p>{reasonText(reason, language, 'clerk')}</p>
        <p className="muted">{nextStepText(REASONS[reason].next, language, 'clerk')}</p>
        <small className="code muted">{record.detail === undefined ? reason : `${reason} · ${record.detail}`}</small>
        {settled === null ? null : (
          <p className="device-verdict">
            <span className="muted">{t(`recordSheet.settledBy.${settled.by}`)}</span>
            <span>
              {t('recordSheet.deviceVerdict')} <VerdictMark state={verdict.state} />
            </span>
            <small className="muted">{reasonText(verdict.reason, language, 'clerk')}</small>
          </p>
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

function Subject(props: { readonly detail: RecordSheet }): ReactNode {
  const { t } = useWords();
  const { record } = props.detail;
  return (
    <Section title={t('record.subject')}>
      <Facts
        facts={[
          { name: t('field.name'), value: <bdi className="wrap">{record.subject?.nameMasked ?? '—'}</bdi> },
          { name: t('field.number'), value: <bdi className="code">{record.subject?.numberMasked ?? '—'}</bdi> },
          { name: t('field.document'), value: documentText(record, t) },
          {
            name: t('field.portrait'),
            value: portraitText(record, t),
          },
          ...readDocumentFacts(record, t),
          { name: t('record.scene'), value: `${props.detail.sceneName} · ${record.scheme}` },
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

function Receipt(props: { readonly detail: RecordSheet }): ReactNode {
  const { t } = useWords();
  const { detail } = props;
  const { body } = detail.receipt;
  const signed = detail.countersignature;
  return (
    <Section title={t('record.receipt')}>
      <div className="receipt-sheet">
        <QrCode className="receipt-qr" text={detail.receiptCode} label={t('recordSheet.qr')} />
        <p>
          <span className="muted">{t('recordSheet.receiptNumber')}</span>
          <strong className="code">{detail.receiptNumber}</strong>
        </p>
      </div>
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

function Evidence(props: { readonly detail: RecordSheet }): ReactNode {
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
export function RecordDrawer(props: {
  readonly certifyId: string;
  /** What somebody has found it by, who may only see today's records. */
  readonly receipt?: string | null;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  // Links lead to the records before and after it.
  const [certifyId, setCertifyId] = useState(props.certifyId);
  const answer = useAnswer('admin:record', { certifyId, receipt: props.receipt ?? null });
  return (
    <Drawer title={t('record.title')} onClose={props.onClose}>
      <Loaded answer={answer}>
        {(detail) => (
          <>
            <Outcome detail={detail} />
            <RecordReviews reviews={detail.staffReviews} />
            <Subject detail={detail} />
            <RecordPictures key={detail.record.certifyId} sheet={detail} />
            <RecordContext record={detail.record} followedBy={detail.followedBy} onOpen={setCertifyId} />
            <RecordConfirmation verification={detail.verification} />
            <Evidence detail={detail} />
            <StagesTable stagesMs={detail.record.stagesMs} />
            <Receipt detail={detail} />
            {can('erase-subjects') || can('override') ? (
              <RecordPerson record={detail.record} onErased={answer.reload} />
            ) : null}
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
