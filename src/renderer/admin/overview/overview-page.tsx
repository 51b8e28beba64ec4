import type { ReactNode } from 'react';
import { useAction, useAnswer, usePolling } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { healthRows, type HealthRow } from './health-rows.ts';

const REFRESH_EVERY_MS = 5_000;

function HealthTable(props: {
  readonly rows: readonly HealthRow[];
  readonly verifying: boolean;
  readonly onVerifyAudit: () => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <table className="health">
      <caption className="visually-hidden">{t('section.overview')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('overview.item')}</th>
          <th scope="col">{t('overview.state')}</th>
          <th scope="col">{t('overview.detail')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('overview.action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.item}>
            <th scope="row">{t(`overview.items.${row.item}`)}</th>
            <td>
              <Mark tone={row.tone}>{row.state}</Mark>
            </td>
            <td className="muted">{row.detail}</td>
            <td className="end">
              {row.item === 'audit' ? (
                <button type="button" className="button" disabled={props.verifying} onClick={props.onVerifyAudit}>
                  {props.verifying ? t('overview.verifying') : t('overview.verify')}
                </button>
              ) : row.section === null ? null : (
                <a className="button" href={`#${row.section}`}>
                  {t('overview.open', { page: t(`section.${row.section}`) })}
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How the whole terminal is doing, on one screen. */
export function OverviewPage(): ReactNode {
  const words = useWords();
  const { t } = words;
  const system = useAnswer('admin:system', null);
  const reader = useAnswer('admin:reader', null);
  const camera = useAnswer('admin:camera', null);
  const verifier = useAnswer('admin:verifier', null);
  usePolling(system.reload, REFRESH_EVERY_MS);
  usePolling(reader.reload, REFRESH_EVERY_MS);
  usePolling(verifier.reload, REFRESH_EVERY_MS);
  const audit = useAction('admin:verify-audit');
  const verifyAudit = async (): Promise<void> => {
    const result = await audit.run(null);
    if (result.ok && system.value !== null) system.replace({ ...system.value, audit: result.value });
  };
  const rows = healthRows({ system, reader, camera, verifier }, words);
  const wanting = rows.filter((row) => row.tone === 'bad' || row.tone === 'warning').length;
  const waiting = rows.some((row) => row.tone === 'waiting' && row.item !== 'unsent' && row.item !== 'audit');
  const summary = waiting
    ? t('state.loading')
    : wanting === 0
      ? t('overview.allWell')
      : t('overview.wanting', { n: wanting });
  return (
    <Page
      title={t('section.overview')}
      summary={summary}
      aside={system.value === null ? null : t('overview.version', { v: system.value.appVersion })}
    >
      {system.value?.demo === true ? <Notice kind="demo">{t('overview.demo')}</Notice> : null}
      {system.value?.databaseKey === 'key-file' ? <Notice kind="warning">{t('overview.keyFileNotice')}</Notice> : null}
      {audit.phase.state === 'failed' ? <FailureNote failure={audit.phase.failure} /> : null}
      <HealthTable rows={rows} verifying={audit.phase.state === 'running'} onVerifyAudit={() => void verifyAudit()} />
    </Page>
  );
}
