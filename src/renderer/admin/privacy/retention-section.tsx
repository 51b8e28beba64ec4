import type { ReactNode } from 'react';
import { useAnswer } from '../answers.ts';
import { count, dateTime } from '../formats.ts';
import { Loaded, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

/** What is kept, how much of it, and when the next of each goes. */
export function RetentionSection(): ReactNode {
  const { t, language } = useWords();
  const clocks = useAnswer('admin:retention', null);
  return (
    <Section title={t('privacyOverview.clocks.title')}>
      <Loaded answer={clocks}>
        {(rows) => (
          <table>
            <caption className="visually-hidden">{t('privacyOverview.clocks.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('privacyOverview.clocks.kind')}</th>
                <th scope="col" className="number">
                  {t('privacyOverview.clocks.count')}
                </th>
                <th scope="col">{t('privacyOverview.clocks.oldest')}</th>
                <th scope="col">{t('privacyOverview.clocks.next')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ kind, count: kept, oldestAtMs, nextEndAtMs }) => (
                <tr key={kind}>
                  <th scope="row">{t(`privacyOverview.clocks.kinds.${kind}`)}</th>
                  <td className="number">{count(kept, language)}</td>
                  <td>{oldestAtMs === null ? '—' : dateTime(oldestAtMs).slice(0, 10)}</td>
                  <td>{nextEndAtMs === null ? '—' : dateTime(nextEndAtMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Section>
  );
}
