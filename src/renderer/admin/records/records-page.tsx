import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { VERDICT_STATES, type VerdictState } from '../../../shared/reasons.ts';
import type { AdminAnswers } from '../../../shared/ipc/admin.ts';
import { useAnswer, usePolling } from '../answers.ts';
import { count } from '../formats.ts';
import { Segments } from '../parts/choice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { pageRange } from './paging.ts';
import { RecordDrawer } from './record-drawer.tsx';
import { RecordsTable } from './records-table.tsx';

const ROWS_PER_PAGE = 20;
const REFRESH_EVERY_MS = 10_000;
const FILTERS = ['all', ...VERDICT_STATES] as const;
type Filter = (typeof FILTERS)[number];

function Pager(props: {
  readonly offset: number;
  readonly total: number | null;
  readonly onMove: (offset: number) => void;
}): ReactNode {
  const { t, language } = useWords();
  const total = props.total ?? 0;
  const { first, last, previous, next } = pageRange(props.offset, ROWS_PER_PAGE, total);
  const shown =
    total === 0
      ? t('records.none')
      : t('records.range', {
          first: count(first, language),
          last: count(last, language),
          total: count(total, language),
        });
  return (
    <nav className="pager" aria-label={t('records.pages')}>
      <span role="status">{props.total === null ? '—' : shown}</span>
      <button
        type="button"
        className="button"
        disabled={previous === null}
        onClick={() => previous !== null && props.onMove(previous)}
      >
        <ChevronLeft aria-hidden="true" size={15} /> {t('records.previous')}
      </button>
      <button
        type="button"
        className="button"
        disabled={next === null}
        onClick={() => next !== null && props.onMove(next)}
      >
        {t('records.next')} <ChevronRight aria-hidden="true" size={15} />
      </button>
    </nav>
  );
}

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
        <Pager offset={offset} total={records.value?.total ?? null} onMove={setOffset} />
      </div>
      <div className="records-area">
        <Loaded answer={records}>{(value) => <RowsOrEmpty answer={value} filter={filter} onOpen={setOpened} />}</Loaded>
      </div>
      {opened === null ? null : <RecordDrawer key={opened} certifyId={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}
