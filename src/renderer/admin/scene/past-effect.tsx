import type { ReactNode } from 'react';
import { FEW_COMPARISONS, HISTOGRAM_BINS, type ThresholdEffect } from '../../../shared/ipc/admin-effect.ts';
import { useAnswer } from '../answers.ts';
import { count, dayAndTime, percent } from '../formats.ts';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { oneIn } from './scene-form.ts';

/** How similar past comparisons were; the table beside it says the same in numbers. */
function Histogram({ histogram }: { readonly histogram: readonly number[] }): ReactNode {
  const { t, language } = useWords();
  const most = Math.max(1, ...histogram);
  const width = 100 / HISTOGRAM_BINS;
  return (
    <>
      <p className="muted">{t('effect.histogram')}</p>
      <div className="effect-bars" role="img" aria-label={t('effect.histogram')}>
        {histogram.map((n, at) => (
          <span
            key={at}
            style={{ height: `${(n / most) * 100}%` }}
            title={t('effect.bin', { from: at * width, to: (at + 1) * width, n: count(n, language) })}
          />
        ))}
      </div>
    </>
  );
}

function RateTable(props: { readonly effect: ThresholdEffect; readonly chosen: number }): ReactNode {
  const { t, language } = useWords();
  const { rates, comparisons } = props.effect;
  const cell = (n: number): string => `${count(n, language)} · ${percent(n / comparisons, language)}`;
  return (
    <table className="effect-table">
      <caption className="visually-hidden">{t('effect.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('effect.choice')}</th>
          <th scope="col" className="number">
            {t('effect.passed')}
          </th>
          <th scope="col" className="number">
            {t('effect.review')}
          </th>
          <th scope="col" className="number">
            {t('effect.refused')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rates.map(({ far, passed, review, refused }) => (
          <tr key={far} data-chosen={far === props.chosen}>
            <th scope="row">
              {`1 : ${count(oneIn(far), language)}`}
              {far === props.chosen ? <small className="muted"> {t('effect.chosen')}</small> : null}
            </th>
            <td className="number">{cell(passed)}</td>
            <td className="number">{cell(review)}</td>
            <td className="number">{cell(refused)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Effect(props: { readonly effect: ThresholdEffect; readonly chosen: number }): ReactNode {
  const { t, language } = useWords();
  const { comparisons, kind, oldestAtMs, newestAtMs, histogram } = props.effect;
  if (comparisons === 0 || kind === null || oldestAtMs === null || newestAtMs === null) {
    return <p className="muted">{t('effect.none')}</p>;
  }
  const few = comparisons < FEW_COMPARISONS;
  return (
    <>
      <p>
        {t('effect.of', {
          n: count(comparisons, language),
          from: dayAndTime(oldestAtMs),
          to: dayAndTime(newestAtMs),
        })}
        <small className="muted block">{t(`effect.kind.${kind}`)}</small>
      </p>
      {few ? <Notice kind="warning">{t('effect.few', { n: comparisons, needed: FEW_COMPARISONS })}</Notice> : null}
      <RateTable effect={props.effect} chosen={props.chosen} />
      <Histogram histogram={histogram} />
    </>
  );
}

/**
 * What each false-accept rate would have meant to this terminal's past comparisons.
 *
 * @param sceneId null: those of all scenes
 */
export function PastEffect(props: { readonly sceneId: string | null; readonly far: number }): ReactNode {
  const { t } = useWords();
  const effect = useAnswer('admin:threshold-effect', { sceneId: props.sceneId });
  const system = useAnswer('admin:system', null);
  return (
    <Section title={t('effect.title')}>
      <p className="muted">{t('effect.neverTuned')}</p>
      {system.value?.demo === true ? <Notice kind="demo">{t('effect.ofSimulated')}</Notice> : null}
      <Loaded answer={effect}>{(value) => <Effect effect={value} chosen={props.far} />}</Loaded>
    </Section>
  );
}
