import { useState, type ReactNode } from 'react';
import {
  lastDays,
  type AskedReportDays,
  type ReportEnd,
  type ReportWindow,
} from '../../../shared/domain/report-window.ts';
import type { Report } from '../../../shared/domain/report.ts';
import type { Problems } from '../form-problem.ts';
import { Segments } from '../parts/choice.tsx';
import { DateField } from '../parts/date-field.tsx';
import { focusFirstProblem } from '../parts/focus-problem.ts';
import { useWords } from '../words.tsx';
import { MultiChoice } from './multi-choice.tsx';
import { checkDays, SPANS, spanOf } from './report-days.ts';

/** What a report is asked for. */
export interface ReportQuestion extends AskedReportDays {
  readonly sceneIds: readonly string[];
  readonly schemes: readonly string[];
}

function DayForm(props: {
  readonly asked: AskedReportDays;
  readonly lastDay: string;
  readonly onWindow: (window: ReportWindow, keep: ReportEnd) => void;
}): ReactNode {
  const { t } = useWords();
  const { asked, lastDay } = props;
  const [draft, setDraft] = useState(asked);
  const [problems, setProblems] = useState<Problems<ReportEnd>>({});
  return (
    <form
      className="day-range report-days"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const checked = checkDays(draft, lastDay);
        setProblems(checked.ok ? {} : checked.problems);
        if (!checked.ok) return focusFirstProblem(event.currentTarget);
        setDraft({ ...checked.window, keep: draft.keep });
        props.onWindow(checked.window, draft.keep);
      }}
    >
      {(['from', 'to'] as const).map((field) => (
        <DateField
          key={field}
          label={t(`report.${field}`)}
          max={lastDay}
          value={draft[field]}
          problem={problems[field]}
          onEdit={(day) => setDraft({ ...draft, [field]: day, keep: field })}
        />
      ))}
      <button type="submit" className="button">
        {t('report.show')}
      </button>
    </form>
  );
}

/** Which days, scenes and schemes a report is about. */
export function ReportControls(props: {
  readonly question: ReportQuestion;
  readonly today: string;
  readonly lastDay: string;
  readonly choices: Report['choices'];
  readonly onQuestion: (question: ReportQuestion, moved: ReportEnd | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { question, today, choices, onQuestion } = props;
  const span = spanOf(question, today);
  return (
    <div className="report-controls">
      <Segments
        legend={t('report.span')}
        value={span ?? ''}
        onChoose={(days) => onQuestion({ ...question, ...lastDays(today, Number(days)), keep: 'to' }, null)}
        options={SPANS.map((days) => ({ value: days, label: t('report.lastDays', { n: Number(days) }) }))}
      />
      <DayForm
        key={`${question.from} ${question.to}`}
        asked={question}
        lastDay={props.lastDay}
        onWindow={({ from, to, moved }, keep) => onQuestion({ ...question, from, to, keep }, moved)}
      />
      <div className="report-choices">
        <MultiChoice
          label={t('report.scene')}
          options={choices.scenes.map(({ sceneId, name }) => ({ value: sceneId, label: name ?? sceneId }))}
          chosen={question.sceneIds}
          onChoose={(sceneIds) => onQuestion({ ...question, sceneIds }, null)}
        />
        <MultiChoice
          label={t('report.scheme')}
          options={choices.schemes.map((scheme) => ({ value: scheme, label: scheme }))}
          chosen={question.schemes}
          onChoose={(schemes) => onQuestion({ ...question, schemes }, null)}
        />
      </div>
    </div>
  );
}
