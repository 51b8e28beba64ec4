import type { ReactNode } from 'react';
import type { PrivacyStatus } from '../../../shared/ipc/admin-schemes.ts';
import { count, dateTime } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

const COLUMNS = ['began', 'number', 'why', 'pictures', 'waiting', 'requests', 'state'] as const;
const FIGURES = ['pictures', 'waiting', 'requests'] as const;

/** Erasures that were broken off: nothing while there are none, since each is done within seconds. */
export function UnfinishedSection({ status }: { readonly status: PrivacyStatus }): ReactNode {
  const { t, language } = useWords();
  if (status.unfinished.length === 0) return null;
  return (
    <Section title={t('privacy.unfinished.title')}>
      <Notice kind="warning">{t('privacy.unfinished.note')}</Notice>
      <table className="deletions">
        <caption className="visually-hidden">{t('privacy.unfinished.title')}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={FIGURES.some((one) => one === column) ? 'number' : undefined}>
                {t(`privacy.unfinished.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {status.unfinished.map(({ deletionId, beganAtMs, why, found, withVerifier }) => (
            <tr key={deletionId}>
              <td className="code">{dateTime(beganAtMs).slice(0, 16)}</td>
              <th scope="row" className="code wrap">
                {deletionId}
              </th>
              <td>{t(`privacy.why.${why}`)}</td>
              {FIGURES.map((figure) => (
                <td key={figure} className="number">
                  {count(found[figure], language)}
                </td>
              ))}
              <td>
                <Mark tone="warning">{t('privacy.unfinished.state')}</Mark>
                {withVerifier ? <small className="muted">{t('privacy.unfinished.verifierAfter')}</small> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
