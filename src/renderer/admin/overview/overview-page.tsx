import type { ReactNode } from 'react';
import type { Failure } from '../../../shared/reasons.ts';
import { useAction, useAnswer, usePolling, type Answer } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { maySee } from '../shell/section-rights.ts';
import { useWords } from '../words.tsx';
import { healthRows, type HealthItem, type HealthRow } from './health-rows.ts';

const REFRESH_EVERY_MS = 5_000;

/** The clerk's window is where calls are answered and reviews decided; it asks for itself who is there. */
function OpenClerk(): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:open-clerk');
  return (
    <>
      <button type="button" className="button" onClick={() => void run(null)}>
        {t('app.openClerk')}
      </button>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
    </>
  );
}

/** Lines that may wait without anything being loaded. */
const MAY_WAIT: readonly HealthItem[] = ['unsent', 'audit', 'reviews'];

function HealthTable(props: {
  readonly rows: readonly HealthRow[];
  readonly verifying: boolean;
  readonly onVerifyAudit: () => void;
}): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
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
              {row.item === 'audit' && can('see-audit') ? (
                <button type="button" className="button" disabled={props.verifying} onClick={props.onVerifyAudit}>
                  {props.verifying ? t('overview.verifying') : t('overview.verify')}
                </button>
              ) : row.section === 'clerk' ? (
                <OpenClerk />
              ) : row.section === null || !maySee(row.section, can) ? null : (
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

/** What keeps every answer away where it is one and the same thing, and no answer came before. */
function commonFailure(answers: readonly Pick<Answer<unknown>, 'value' | 'failure'>[]): Failure | null {
  const first = answers[0]?.failure ?? null;
  return answers.every(({ value, failure }) => value === null && failure?.code === first?.code) ? first : null;
}

/** How the whole terminal is doing, on one screen. */
export function OverviewPage(): ReactNode {
  const words = useWords();
  const { t } = words;
  const system = useAnswer('admin:system', null);
  const terminal = useAnswer('admin:terminal', null);
  usePolling(terminal.reload, REFRESH_EVERY_MS);
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
  const rows = healthRows({ terminal, system, reader, camera, verifier }, words);
  const answers = [terminal, system, reader, camera, verifier];
  const down = commonFailure(answers);
  const wanting = rows.filter((row) => row.tone === 'bad' || row.tone === 'warning').length;
  const waiting = rows.some((row) => row.tone === 'waiting' && !MAY_WAIT.includes(row.item));
  const summary =
    down !== null
      ? t('overview.unread')
      : waiting
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
      {down === null ? (
        <HealthTable rows={rows} verifying={audit.phase.state === 'running'} onVerifyAudit={() => void verifyAudit()} />
      ) : (
        <FailureNote failure={down} onRetry={() => answers.forEach(({ reload }) => reload())} />
      )}
    </Page>
  );
}
