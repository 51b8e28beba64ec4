import { useState, type ReactNode } from 'react';
import {
  lastDays,
  DEFAULT_REPORT_DAYS,
  LONGEST_REPORT_DAYS,
  type ReportEnd,
} from '../../../shared/domain/report-window.ts';
import type { Report } from '../../../shared/domain/report.ts';
import { useAnswer } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { calendarDay, count, dateTime } from '../formats.ts';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { usePrinting } from './print-report.tsx';
import { ReportBody } from './report-body.tsx';
import { ReportControls, type ReportQuestion } from './report-controls.tsx';
import { sceneNameOf } from './report-tables.ts';

const NO_CHOICES: Report['choices'] = { scenes: [], schemes: [] };

/** What of the report somebody has to know before they use its numbers. */
function Notices(props: { readonly report: Report; readonly moved: ReportEnd | null }): ReactNode {
  const { t, language } = useWords();
  const { window, plain, today, lastDay } = props.report;
  return (
    <div role="status">
      {props.moved === null ? null : (
        <Notice kind="info">
          {t(props.moved === 'to' ? 'report.movedTo' : 'report.movedFrom', {
            n: LONGEST_REPORT_DAYS,
            day: window[props.moved],
          })}
        </Notice>
      )}
      {plain === 0 ? null : (
        <Notice kind="info">{t('report.plain', { n: plain, shown: count(plain, language) })}</Notice>
      )}
      {lastDay > today ? <Notice kind="warning">{t('report.clockBack', { day: lastDay, today })}</Notice> : null}
    </div>
  );
}

/** What paper needs to say by itself: the days, the choice, and when it was printed. */
function PrintedHead({ report, question }: { readonly report: Report; readonly question: ReportQuestion }): ReactNode {
  const { t } = useWords();
  const { clock } = useEnvironment();
  const { sceneIds, schemes } = question;
  return (
    <p className="report-printed">
      {t('report.printedHead', {
        from: report.window.from,
        to: report.window.to,
        scenes: sceneIds.length === 0 ? t('report.all') : sceneIds.map((id) => sceneNameOf(report, id)).join(', '),
        schemes: schemes.length === 0 ? t('report.all') : schemes.join(', '),
        at: dateTime(clock.wallMs()),
      })}
    </p>
  );
}

/** How many were submitted, passed and refused, by hour or day; cases without a decision are counted apart. */
export function ReportPage(): ReactNode {
  const { t } = useWords();
  const { clock } = useEnvironment();
  const [question, setQuestion] = useState<ReportQuestion>(() => ({
    ...lastDays(calendarDay(clock.wallMs()), DEFAULT_REPORT_DAYS),
    keep: 'to',
    sceneIds: [],
    schemes: [],
  }));
  const [moved, setMoved] = useState<ReportEnd | null>(null);
  const { sceneIds, schemes } = question;
  const answer = useAnswer('admin:report', { ...question, sceneIds: [...sceneIds], schemes: [...schemes] });
  const printing = usePrinting(question, answer.value === null || answer.refreshing);
  const today = answer.value?.today ?? calendarDay(clock.wallMs());
  return (
    <Page title={t('section.report')} summary={t('report.summary')} aside={printing.button}>
      {printing.failure}
      <ReportControls
        question={question}
        today={today}
        lastDay={answer.value?.lastDay ?? today}
        choices={answer.value?.choices ?? NO_CHOICES}
        onQuestion={(asked, end) => {
          setMoved(end);
          setQuestion(asked);
        }}
      />
      <Loaded answer={answer}>
        {(report) => (
          <>
            <PrintedHead report={report} question={question} />
            <Notices report={report} moved={moved ?? report.window.moved} />
            <ReportBody report={report} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
