import { Download, ShieldCheck, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { EVERY_ENTRY, type AuditChoices, type AuditFilter, type AuditLine } from '../../../shared/ipc/admin-audit.ts';
import { useAnswer } from '../answers.ts';
import { count } from '../formats.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Empty, Loaded, Page } from '../parts/page.tsx';
import { FileTaskNote } from '../records/file-task-note.tsx';
import { otherFailures } from '../records/other-failures.ts';
import { PageSteps } from '../records/page-steps.tsx';
import { useFileTask } from '../records/use-file-task.ts';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { CheckNote } from './check-note.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { useAuditCheck } from './use-audit-check.ts';

const ENTRIES_PER_PAGE = 20;
const NO_CHOICES: AuditChoices = { kinds: [], staff: [] };
const EXPORT_CHANNELS = {
  start: 'admin:export-audit',
  state: 'admin:audit-export',
  cancel: 'admin:cancel-audit-export',
} as const;

/** Which page, and how to get to those beside it. */
function useTrail(): {
  readonly before: number | null;
  readonly reset: () => void;
  readonly back: (() => void) | null;
  readonly on: (next: number) => void;
} {
  const [trail, setTrail] = useState<readonly number[]>([]);
  return {
    before: trail.at(-1) ?? null,
    reset: () => setTrail([]),
    back: trail.length === 0 ? null : () => setTrail(trail.slice(0, -1)),
    on: (next) => setTrail([...trail, next]),
  };
}

function PageText({ entries }: { readonly entries: readonly AuditLine[] }): ReactNode {
  const { t, language } = useWords();
  const [newest, oldest] = [entries[0], entries.at(-1)];
  if (newest === undefined || oldest === undefined) return '—';
  return t('audit.count', { first: count(oldest.seq, language), last: count(newest.seq, language) });
}

/** What happened to this terminal: looked through, verified and exported. */
export function AuditPage(): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const [filter, setFilter] = useState<AuditFilter>(EVERY_ENTRY);
  const [opened, setOpened] = useState<AuditLine | null>(null);
  const pages = useTrail();
  const answer = useAnswer('admin:audit', { filter, before: pages.before, limit: ENTRIES_PER_PAGE });
  const choices = useAnswer('admin:audit-choices', null).value ?? NO_CHOICES;
  const check = useAuditCheck(answer.reload);
  const files = useFileTask(EXPORT_CHANNELS);
  const choose = (changed: AuditFilter): void => {
    pages.reset();
    setFilter(changed);
  };
  const next = answer.refreshing ? null : (answer.value?.next ?? null);
  return (
    <Page
      title={t('section.audit')}
      summary={t('audit.summary')}
      aside={
        <div className="aside-buttons">
          <button type="button" className="button" disabled={check.isRunning} onClick={check.start}>
            <ShieldCheck aria-hidden="true" size={15} /> {t(check.isRunning ? 'audit.verifying' : 'audit.verify')}
          </button>
          {can('export-audit') ? (
            <button type="button" className="button" disabled={files.isBusy} onClick={() => files.start(null)}>
              <Download aria-hidden="true" size={15} /> {t(files.isBusy ? 'fileTask.busy' : 'audit.export')}
            </button>
          ) : null}
        </div>
      }
    >
      <CheckNote state={check.state} onCancel={check.cancel} />
      {otherFailures(answer.failure, [check.failure, files.failure]).map((failure) => (
        <FailureNote key={failure.code} failure={failure} />
      ))}
      <FileTaskNote task={files.task} onCancel={files.cancel} />
      <AuditFilters filter={filter} choices={choices} onFilter={choose} />
      <div className="records-foot">
        {filter === EVERY_ENTRY ? null : (
          <button type="button" className="button" onClick={() => choose(EVERY_ENTRY)}>
            <X aria-hidden="true" size={15} /> {t('audit.clear')}
          </button>
        )}
        <PageSteps
          label={t('audit.pages')}
          onPrevious={pages.back}
          onNext={next === null ? null : () => pages.on(next)}
        >
          <PageText entries={answer.value?.entries ?? []} />
        </PageSteps>
      </div>
      <div className="records-area">
        <Loaded answer={answer}>
          {({ entries }) =>
            entries.length > 0 ? (
              <AuditTable entries={entries} staff={choices.staff} onOpen={setOpened} />
            ) : (
              <Empty>{t(filter === EVERY_ENTRY ? 'audit.empty' : 'audit.emptyFilter')}</Empty>
            )
          }
        </Loaded>
      </div>
      {opened === null ? null : <EntryDrawer entry={opened} staff={choices.staff} onClose={() => setOpened(null)} />}
    </Page>
  );
}
