import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useAction, useAnswer } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import type { Problems } from '../form-problem.ts';
import { count } from '../formats.ts';
import { downloadText } from '../parts/download.ts';
import { DateField } from '../parts/date-field.tsx';
import { focusFirstProblem } from '../parts/focus-problem.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { parseDays, thisMonth, type DayRange } from './day-range.ts';
import { Reconcile } from './reconcile.tsx';
import { UsageTable } from './usage-table.tsx';

function RangeForm(props: {
  readonly range: DayRange;
  readonly onRange: (range: DayRange) => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const [draft, setDraft] = useState(props.range);
  const [problems, setProblems] = useState<Problems<keyof DayRange>>({});
  return (
    <form
      className="day-range"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const result = parseDays(draft);
        setProblems(result.ok ? {} : result.problems);
        if (!result.ok) return focusFirstProblem(event.currentTarget);
        setDraft(result.value);
        props.onRange(result.value);
      }}
    >
      {(['from', 'to'] as const).map((field) => (
        <DateField
          key={field}
          label={t(`metering.${field}`)}
          value={draft[field]}
          problem={problems[field]}
          onEdit={(day) => setDraft({ ...draft, [field]: day })}
        />
      ))}
      <button type="submit" className="button button-primary">
        {t('metering.show')}
      </button>
      {props.children}
    </form>
  );
}

/** How much was asked of whom, what of it is paid for, and whether the vendor's bill says the same. */
export function MeteringPage(): ReactNode {
  const { t, language } = useWords();
  const { clock } = useEnvironment();
  const [range, setRange] = useState<DayRange>(() => thisMonth(clock.wallMs()));
  const [lines, setLines] = useState<number | null>(null);
  const rows = useAnswer('admin:metering', range);
  const exporting = useAction('admin:export-metering');
  const exportAll = (): void => {
    setLines(null);
    void exporting.run(range).then((answer) => {
      if (!answer.ok) return;
      downloadText(`countersign-usage-${range.from}-${range.to}.csv`, answer.value.csv, 'text/csv');
      setLines(answer.value.lines);
    });
  };
  return (
    <Page title={t('section.metering')} summary={t('metering.summary')}>
      <RangeForm range={range} onRange={setRange}>
        <button
          type="button"
          className="button"
          disabled={exporting.phase.state === 'running' || (rows.value ?? []).length === 0}
          onClick={exportAll}
        >
          <Download aria-hidden="true" size={15} /> {t('metering.export')}
        </button>
        <span role="status" className="saved">
          {lines === null ? null : t('metering.exported', { n: count(lines, language) })}
        </span>
      </RangeForm>
      {exporting.phase.state === 'failed' ? <FailureNote failure={exporting.phase.failure} /> : null}
      <div className="usage-area">
        <Loaded answer={rows}>{(value) => <UsageTable rows={value} />}</Loaded>
      </div>
      <Reconcile range={range} />
    </Page>
  );
}
