import type { ReactNode } from 'react';
import type { CertificationResult } from '../../../shared/domain/certification-result.ts';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS } from '../../../shared/reasons.ts';
import { useAnswer } from '../answers.ts';
import { dateTime, measured } from '../formats.ts';
import { size } from '../outbox/outbox-figures.ts';
import { Drawer } from '../parts/drawer.tsx';
import { Mark, VerdictMark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';
import { Facts, Loaded, Section, type Fact } from '../parts/page.tsx';
import { livenessFacts } from '../records/record-evidence.tsx';
import { RiskFindings } from '../risk/risk-findings.tsx';
import type { Translate } from '../translation.ts';
import { useSceneName } from '../use-scene-name.ts';
import { useWords } from '../words.tsx';
import { scoreText } from './score-text.ts';

type Part = { readonly result: CertificationResult };

function Verdict({ result }: Part): ReactNode {
  const { t, language } = useWords();
  return (
    <>
      {result.simulated ? <Notice kind="demo">{t('record.simulated')}</Notice> : null}
      <div className={`outcome outcome-${result.state}`}>
        <div className="outcome-marks">
          <VerdictMark state={result.state} />
          {result.underReview ? <Mark tone="waiting">{t('requests.underReview')}</Mark> : null}
        </div>
        <p>{reasonText(result.reason, language, 'clerk')}</p>
        <p className="muted">
          {result.underReview
            ? t('requests.underReviewNote')
            : nextStepText(REASONS[result.reason].next, language, 'clerk')}
        </p>
        <small className="code muted">{result.reason}</small>
      </div>
    </>
  );
}

function About({ result }: Part): ReactNode {
  const { t } = useWords();
  const sceneName = useSceneName();
  return (
    <Facts
      facts={[
        { name: t('requests.fact.order'), value: <span className="code">{result.orderId ?? '—'}</span> },
        { name: t('requests.fact.request'), value: <span className="code">{result.requestId ?? '—'}</span> },
        { name: t('requests.fact.certify'), value: <span className="code">{result.certifyId}</span> },
        { name: t('requests.fact.scene'), value: `${sceneName(result.sceneId)} · ${result.scheme}` },
        { name: t('requests.fact.decided'), value: dateTime(result.decidedAtMs) },
        { name: t('requests.fact.basis'), value: t(`basis.${result.basis}`) },
        {
          name: t('requests.fact.provisional'),
          value: t(result.provisional ? 'requests.provisional' : 'requests.final'),
        },
        ...(result.handOff === null
          ? []
          : [{ name: t('requests.fact.handOff'), value: t(`requests.handOff.${result.handOff}`) }]),
        { name: t('requests.fact.receipt'), value: <span className="code">{result.receiptHash}</span> },
      ]}
    />
  );
}

function Scores({ result }: Part): ReactNode {
  const { t } = useWords();
  const { comparison, liveness, scores } = result;
  const notReached = <p className="muted">{t('record.notReached')}</p>;
  return (
    <>
      <Section title={t('record.liveness')}>
        {liveness === null ? notReached : <Facts facts={livenessFacts(liveness, t)} />}
      </Section>
      <Section title={t('record.comparison')}>
        {comparison === null ? (
          notReached
        ) : (
          <Facts
            facts={[
              { name: t('record.outcome'), value: t(`comparison.${comparison.outcome}`) },
              {
                name: t('record.score'),
                value: t('requests.localScore', {
                  value: measured(comparison.score, 1),
                  threshold: measured(comparison.threshold, 1),
                }),
              },
              { name: t('record.similarity'), value: measured(comparison.similarity, 3) },
              { name: t('record.far'), value: t('record.farValue', { n: Math.round(1 / comparison.far) }) },
            ]}
          />
        )}
      </Section>
      {scores.length === 0 ? null : (
        <Section title={t('requests.scores')}>
          <Facts
            facts={scores.map((score) => ({
              name: t(`record.confirmation.score.${score.kind}`),
              value: scoreText(score, t),
            }))}
          />
        </Section>
      )}
    </>
  );
}

function billedText(billed: boolean | null, t: Translate): string {
  if (billed === null) return t('requests.billed.unknown');
  return t(billed ? 'requests.billed.yes' : 'requests.billed.no');
}

function Codes({ result }: Part): ReactNode {
  const { t } = useWords();
  const vendor = result.outcome?.vendor ?? null;
  if (vendor === null) return null;
  const facts: readonly Fact[] = [
    {
      name: t('requests.fact.codes'),
      value: <span className="code">{[vendor.name, vendor.operation, vendor.code].join(' · ')}</span>,
    },
    { name: t('requests.fact.message'), value: <span className="code">{vendor.message || '—'}</span> },
    { name: t('requests.fact.vendorRequest'), value: <span className="code">{vendor.requestId ?? '—'}</span> },
    { name: t('requests.fact.billed'), value: billedText(vendor.billed, t) },
  ];
  return (
    <Section title={t('record.confirmation.title')}>
      <Facts facts={facts} />
    </Section>
  );
}

function Materials({ result }: Part): ReactNode {
  const { t } = useWords();
  return (
    <Section title={t('requests.materials')}>
      {result.materials.length === 0 ? (
        <p className="muted">{t('requests.noMaterials')}</p>
      ) : (
        <table>
          <caption className="visually-hidden">{t('requests.materials')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('requests.materialColumns.name')}</th>
              <th scope="col" className="number">
                {t('requests.materialColumns.size')}
              </th>
              <th scope="col">{t('requests.materialColumns.until')}</th>
            </tr>
          </thead>
          <tbody>
            {result.materials.map((material) => (
              <tr key={material.name}>
                <th scope="row">{t(`requests.material.${material.name}`)}</th>
                <td className="number">{size(material.bytes)}</td>
                <td className="code">{dateTime(material.keptUntilMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

/** What became of a request, as its caller reads it; reading it again costs nothing. */
export function ResultDrawer(props: { readonly certifyId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const answer = useAnswer('admin:request-result', { certifyId: props.certifyId });
  return (
    <Drawer title={t('requests.resultTitle')} onClose={props.onClose}>
      <Loaded answer={answer}>
        {(result) => (
          <>
            <Verdict result={result} />
            <About result={result} />
            <Scores result={result} />
            <Codes result={result} />
            <Section title={t('requests.risk')}>
              {result.risk.length === 0 ? (
                <p className="muted">{t('requests.noRisk')}</p>
              ) : (
                <RiskFindings findings={result.risk} />
              )}
            </Section>
            <Materials result={result} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
