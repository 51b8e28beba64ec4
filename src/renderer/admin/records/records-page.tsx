import { useState, type ReactNode } from 'react';
import { VERDICT_STATES, type VerdictState } from '../../../shared/reasons.ts';
import type { AdminAnswers } from '../../../shared/ipc/admin.ts';
import { useAnswer, usePolling } from '../answers.ts';
import { Segments } from '../parts/choice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useWords } from '../words.tsx';
import { RecordDrawer } from './record-drawer.tsx';
import { RecordsTable } from './records-table.tsx';

const ROWS_PER_PAGE = 20;
const REFRESH_EVERY_MS = 10_000;
const FILTERS = ['all', ...VERDICT_STATES] as const;
type Filter = (typeof FILTERS)[number];

function RowsOrEmpty(props: {
  readonly answer: AdminAnswers['admin:records'];
  readonly filter: Filter;
  readonly onOpen: (certifyId: string) => void;
}): ReactNode {
  const { t } = useWords();
  if (props.answer.rows.length > 0) return <RecordsTable rows={props.answer.rows} onOpen={props.onOpen} />;
  return <p className="empty">{props.filter === 'all' ? t('records.empty') : t('records.emptyFilter')}</p>;
}

/** What this terminal has decided, newest first. */
export function RecordsPage(): ReactNode {
  const { t } = useWords();
  const [filter, setFilter] = useState<Filter>('all');
  const [offset, setOffset] = useState(0);
  const [opened, setOpened] = useState<string | null>(null);
  const state: VerdictState | null = filter === 'all' ? null : filter;
  const records = useAnswer('admin:records', { offset, limit: ROWS_PER_PAGE, state });
  usePolling(records.reload, REFRESH_EVERY_MS);
  return (
    <Page title={t('section.records')} summary={t('records.summary')}>
      <div className="bar">
        <Segments
          legend={t('records.filter')}
          value={filter}
          onChoose={(chosen) => {
            setFilter(chosen);
            setOffset(0);
          }}
          options={FILTERS.map((one) => ({
            value: one,
            label: one === 'all' ? t('records.all') : t(`verdict.${one}`),
          }))}
        />
        <Pager
          label={t('records.pages')}
          offset={offset}
          size={ROWS_PER_PAGE}
          total={records.value?.total ?? null}
          onMove={setOffset}
        />
      </div>
      <div className="records-area">
        <Loaded answer={records}>{(value) => <RowsOrEmpty answer={value} filter={filter} onOpen={setOpened} />}</Loaded>
      </div>
      {opened === null ? null : <RecordDrawer key={opened} certifyId={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}
