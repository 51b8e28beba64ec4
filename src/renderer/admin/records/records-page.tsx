import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { RecordCount, RecordFilter } from '../../../shared/domain/record-search.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { useAnswer, usePolling, type Answer } from '../answers.ts';
import { count } from '../formats.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Empty, Loaded, Page } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { FileTaskNote } from './file-task-note.tsx';
import { FilterBar } from './filter-bar.tsx';
import { otherFailures } from './other-failures.ts';
import { PageSteps } from './page-steps.tsx';
import { FIRST_PAGE } from './record-address.ts';
import { RecordDrawer } from './record-drawer.tsx';
import { RecordsTable } from './records-table.tsx';
import { SearchForm } from './search-form.tsx';
import { useFileTask } from './use-file-task.ts';
import { useRecordView } from './use-record-view.ts';

const ROWS_PER_PAGE = 20;
const REFRESH_EVERY_MS = 10_000;
const EXPORT_CHANNELS = {
  start: 'admin:export-records',
  state: 'admin:record-export',
  cancel: 'admin:cancel-record-export',
} as const;

function CountText({ answer }: { readonly answer: Answer<RecordCount> }): ReactNode {
  const { t, language } = useWords();
  const { value } = answer;
  if (value === null) return answer.failure === null ? t('recordSearch.counting') : '—';
  const shown = count(value.count, language);
  return value.more ? t('recordSearch.moreThan', { shown }) : t('recordSearch.count', { n: value.count, shown });
}

/** The button of the head and what stands below it. */
function useExport(
  filter: RecordFilter,
  shown: Failure | null,
): { readonly button: ReactNode; readonly note: ReactNode } {
  const { t } = useWords();
  const { can } = useRights();
  const files = useFileTask(EXPORT_CHANNELS);
  if (!can('export-records')) return { button: null, note: null };
  return {
    button: (
      <button type="button" className="button" disabled={files.isBusy} onClick={() => files.start({ filter })}>
        <Download aria-hidden="true" size={15} /> {t(files.isBusy ? 'fileTask.busy' : 'recordSearch.export')}
      </button>
    ),
    note: (
      <>
        {otherFailures(shown, [files.failure]).map((failure) => (
          <FailureNote key={failure.code} failure={failure} />
        ))}
        <FileTaskNote task={files.task} onCancel={files.cancel} />
      </>
    ),
  };
}

/** What this terminal has decided: search, filters, pages, and each record in full. */
export function RecordsPage(): ReactNode {
  const { t } = useWords();
  const [view, show] = useRecordView();
  const [opened, setOpened] = useState<string | null>(null);
  const { filter, order, trail } = view;
  const after = trail.at(-1) ?? null;
  const records = useAnswer('admin:records', { filter, order, after, limit: ROWS_PER_PAGE });
  const counted = useAnswer('admin:record-count', { filter });
  const files = useExport(filter, records.failure);
  usePolling(records.reload, REFRESH_EVERY_MS);
  const next = records.refreshing ? null : (records.value?.next ?? null);
  const isAll = JSON.stringify(filter) === JSON.stringify(FIRST_PAGE.filter);
  return (
    <Page title={t('section.records')} summary={t('records.summary')} aside={files.button}>
      {files.note}
      <SearchForm
        key={filter.search === null ? '' : `${filter.search.by} ${filter.search.text}`}
        search={filter.search}
        onSearch={(search) => show({ ...view, filter: { ...filter, search }, trail: [] })}
      />
      <FilterBar
        filter={filter}
        order={order}
        onlyToday={(records.value?.sinceMs ?? null) !== null}
        onFilter={(changed) => show({ ...view, filter: changed, trail: [] })}
        onOrder={(chosen) => show({ ...view, order: chosen, trail: [] })}
      >
        <PageSteps
          label={t('records.pages')}
          onPrevious={trail.length === 0 ? null : () => show({ ...view, trail: trail.slice(0, -1) })}
          onNext={next === null ? null : () => show({ ...view, trail: [...trail, next] })}
        >
          <CountText answer={counted} />
        </PageSteps>
      </FilterBar>
      <div className="records-area">
        <Loaded answer={records}>
          {({ rows }) =>
            rows.length > 0 ? (
              <RecordsTable rows={rows} onOpen={setOpened} />
            ) : (
              <Empty>{isAll ? t('records.empty') : t('records.emptyFilter')}</Empty>
            )
          }
        </Loaded>
      </div>
      {opened === null ? null : (
        <RecordDrawer
          key={opened}
          certifyId={opened}
          receipt={filter.search?.by === 'receipt' ? filter.search.text : null}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}
