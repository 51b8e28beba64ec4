import { useState, type ReactNode } from 'react';
import type { RiskPolicy } from '../../../shared/domain/risk.ts';
import type { RiskDryRun } from '../../../shared/ipc/admin-schemes.ts';
import { useAction } from '../answers.ts';
import { count, dayAndTime } from '../formats.ts';
import { ActionForm } from '../parts/action-form.tsx';
import { TextField } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { RecordDrawer } from '../records/record-drawer.tsx';
import { useWords } from '../words.tsx';
import { measuredText } from './risk-findings.tsx';

type Hit = RiskDryRun['hits'][number];

const COLUMNS = ['rule', 'effect', 'count', 'passed', 'examples'] as const;
const MOST_EXAMPLES = 3;

function HitRow({ hit, onOpen }: { readonly hit: Hit; readonly onOpen: (certifyId: string) => void }): ReactNode {
  const { t, language } = useWords();
  return (
    <tr>
      <th scope="row" className="code">
        {hit.rule}
      </th>
      <td>{t(`risk.effect.${hit.effect}`)}</td>
      <td className="number">{count(hit.count, language)}</td>
      <td className="number">{count(hit.passed, language)}</td>
      <td>
        <ul className="plain examples">
          {hit.examples.slice(0, MOST_EXAMPLES).map(({ certifyId, atMs, finding }) => (
            <li key={certifyId}>
              <button
                type="button"
                className="link-button code"
                title={t('risk.dryRun.example')}
                onClick={() => onOpen(certifyId)}
              >
                {dayAndTime(atMs)}
              </button>{' '}
              <span className="muted">{measuredText(finding, t)}</span>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

function Outcome({ run }: { readonly run: RiskDryRun }): ReactNode {
  const { t, language } = useWords();
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <div className="dry-run-outcome" role="status">
      <p>{t('risk.dryRun.records', { n: count(run.records, language) })}</p>
      {run.untried.length === 0 ? null : (
        <Notice kind="info">{t('risk.dryRun.untried', { rules: run.untried.join(t('documents.between')) })}</Notice>
      )}
      {run.records === 0 ? <p className="muted">{t('risk.dryRun.noRecords')}</p> : null}
      {run.records > 0 && run.hits.length === 0 ? <p className="muted">{t('risk.dryRun.none')}</p> : null}
      {run.hits.length === 0 ? null : (
        <table className="dry-run">
          <caption className="visually-hidden">{t('risk.dryRun.title')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={column === 'count' || column === 'passed' ? 'number' : undefined}
                >
                  {t(`risk.dryRun.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {run.hits.map((hit) => (
              <HitRow key={hit.rule} hit={hit} onOpen={setOpened} />
            ))}
          </tbody>
        </table>
      )}
      {opened === null ? null : <RecordDrawer certifyId={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}

/** What rules would have done with past records, before they are saved. */
export function DryRun({ policy }: { readonly policy: RiskPolicy }): ReactNode {
  const { t } = useWords();
  const [days, setDays] = useState('30');
  const [wrong, setWrong] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly policy: RiskPolicy; readonly run: RiskDryRun } | null>(null);
  const { phase, run } = useAction('admin:risk-dry-run');
  const submit = (): boolean => {
    const n = /^\d{1,2}$/.test(days.trim()) ? Number(days) : 0;
    const fits = n >= 1 && n <= 90;
    setWrong(!fits);
    if (!fits) return false;
    void run({ policy, days: n }).then((answer) => {
      setOutcome(answer.ok ? { policy, run: answer.value } : null);
    });
    return true;
  };
  return (
    <Section title={t('risk.dryRun.title')}>
      <p className="muted lead-in">{t('risk.dryRun.lead')}</p>
      <ActionForm phase={phase} action={t('risk.dryRun.run')} inline onSubmit={submit}>
        <TextField
          label={t('risk.dryRun.days')}
          hint={t('risk.dryRun.daysHint')}
          value={days}
          problem={wrong ? { key: 'risk.dryRun.problem' } : undefined}
          onEdit={setDays}
          width="short"
          suffix={t('scene.days')}
          numeric
          maxLength={3}
        />
      </ActionForm>
      {outcome !== null && outcome.policy === policy ? <Outcome run={outcome.run} /> : null}
    </Section>
  );
}
