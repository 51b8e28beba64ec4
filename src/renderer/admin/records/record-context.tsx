import type { ReactNode } from 'react';
import type { CertificationRecord } from '../../../shared/domain/certification.ts';
import { size } from '../outbox/outbox-figures.ts';
import { VerdictMark } from '../parts/mark.tsx';
import { Facts, Section, type Fact } from '../parts/page.tsx';
import { RiskFindings } from '../risk/risk-findings.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';

function code(text: string): ReactNode {
  return <bdi className="code">{text}</bdi>;
}

function handOffText({ page, outcome }: NonNullable<CertificationRecord['handOff']>, t: Translate): ReactNode {
  return (
    <>
      {t(`requests.handOff.${page}`)}{' '}
      {outcome === null ? (
        <span className="muted">{t('recordContext.handOffNone')}</span>
      ) : (
        <VerdictMark state={outcome.state} />
      )}
    </>
  );
}

interface ContextProps {
  readonly record: CertificationRecord;
  readonly followedBy: readonly string[];
  readonly onOpen: (certifyId: string) => void;
}

/** Who asked for it, which way was taken, and what followed; only what the record has. */
function contextFacts({ record, followedBy, onOpen }: ContextProps, t: Translate): readonly Fact[] {
  const { order, follows, fallback, handOff, returnedFace } = record;
  const link = (certifyId: string): ReactNode => (
    <button key={certifyId} type="button" className="row-link code" onClick={() => onOpen(certifyId)}>
      {certifyId}
    </button>
  );
  return [
    ...(order
      ? [
          { name: t('recordContext.order'), value: code(order.orderId) },
          {
            name: t('recordContext.request'),
            value: (
              <a className="row-link code" href="#requests">
                {order.requestId}
              </a>
            ),
          },
        ]
      : []),
    ...(follows ? [{ name: t('recordContext.follows'), value: link(follows) }] : []),
    ...(followedBy.length > 0 ? [{ name: t('recordContext.followedBy'), value: followedBy.map(link) }] : []),
    ...(fallback
      ? [
          {
            name: t('recordContext.fallback'),
            value: t('recordContext.fallbackText', { way: t(`scenes.way.${fallback.method}`), from: fallback.from }),
          },
        ]
      : []),
    ...(handOff ? [{ name: t('recordContext.handOff'), value: handOffText(handOff, t) }] : []),
    ...(returnedFace
      ? [
          {
            name: t('recordContext.returnedFace'),
            value: code(
              t('recordContext.returnedFaceText', { size: size(returnedFace.bytes), hash: returnedFace.sha256 }),
            ),
          },
        ]
      : []),
  ];
}

/** What people were told and agreed to, beside whether: its version and hash, by whom it was asked, and who agreed for a child. */
export function consentFacts({ consent }: CertificationRecord, t: Translate): readonly Fact[] {
  if (consent === null) return [];
  const { version, textHash, obtainedBy, guardian, returnFace } = consent;
  return [
    { name: t('recordContext.consentVersion'), value: code(version) },
    ...(textHash ? [{ name: t('recordContext.consentHash'), value: code(textHash) }] : []),
    ...(obtainedBy ? [{ name: t('recordContext.consentBy'), value: t('recordContext.consentByCaller') }] : []),
    ...(returnFace === undefined
      ? []
      : [{ name: t('recordContext.returnFace'), value: t(returnFace ? 'recordContext.yes' : 'recordContext.no') }]),
    ...(guardian
      ? [{ name: t('recordContext.guardian'), value: `${guardian.nameMasked} · ${guardian.numberMasked}` }]
      : []),
  ];
}

/** Everything about how a certification came about; nothing where somebody just walked up. */
export function RecordContext(props: ContextProps): ReactNode {
  const { t } = useWords();
  const { record } = props;
  const facts = contextFacts(props, t);
  const risk = record.risk ?? [];
  return (
    <>
      {facts.length === 0 ? null : (
        <Section title={t('recordContext.title')}>
          <Facts facts={facts} />
        </Section>
      )}
      {risk.length === 0 ? null : (
        <Section title={t('recordContext.risk')}>
          <RiskFindings findings={risk} />
        </Section>
      )}
    </>
  );
}
