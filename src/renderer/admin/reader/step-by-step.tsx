import { useState, type ReactNode } from 'react';
import type { DiagnosisFinding, ReaderDiagnosis } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import { useAction } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { outcomeOf, seenStep } from './reader-figures.ts';
import { transportWords } from './transport-words.ts';
import { TroubleNote } from './trouble-note.tsx';

/** What would be checked: a transport, nothing to check, or a form that can't be read. */
export type Checkable = ReaderTransport | null | 'wrong-input';

function CheckedStep(props: { readonly finding: DiagnosisFinding }): ReactNode {
  const words = useWords();
  const seen = seenStep(props.finding, words);
  const skipped = props.finding.state === 'unknown' && seen.trouble === null;
  return (
    <li className="checked-step">
      <span className="step-name">{seen.name}</span>
      <div>
        <Mark tone={seen.tone}>{seen.state}</Mark>
        {seen.detail === null ? null : <small className="code muted">{seen.detail}</small>}
        {skipped ? <small className="muted">{words.t('reader.check.skipped')}</small> : null}
        {seen.trouble === null ? null : <TroubleNote trouble={seen.trouble} />}
      </div>
    </li>
  );
}

function Checked(props: { readonly diagnosis: ReaderDiagnosis }): ReactNode {
  const { t } = useWords();
  const { transport, findings } = props.diagnosis;
  const outcome = outcomeOf(findings);
  return (
    <>
      <p role="status">
        <Mark tone={outcome.tone}>{t(outcome.key)}</Mark>
      </p>
      <p className="muted">{t('reader.check.checked', { what: transportWords(transport, t) })}</p>
      <ol className="checked-steps">
        {findings.map((finding) => (
          <CheckedStep key={finding.step} finding={finding} />
        ))}
      </ol>
    </>
  );
}

/** Goes through the reader's steps one by one, with the settings as they stand in the form. */
export function StepByStep(props: {
  readonly target: Checkable;
  /** The search runs, which asks the same devices. */
  readonly busy: boolean;
}): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:diagnose-reader');
  const [diagnosis, setDiagnosis] = useState<ReaderDiagnosis | null>(null);
  const { target } = props;
  const blocked =
    target === 'wrong-input' ? t('reader.check.fixFirst') : target === null ? t('reader.check.off') : null;
  const start = async (): Promise<void> => {
    if (target === 'wrong-input' || target === null) return;
    setDiagnosis(null);
    const result = await run({ transport: target });
    if (result.ok) setDiagnosis(result.value);
  };
  return (
    <Section title={t('reader.check.title')}>
      <p className="muted">{blocked ?? t('reader.check.note')}</p>
      <button
        type="button"
        className="button"
        disabled={blocked !== null || props.busy || phase.state === 'running'}
        onClick={() => void start()}
      >
        {t('reader.check.start')}
      </button>
      <div className="search-outcome">
        {phase.state === 'running' ? <Mark tone="waiting">{t('reader.check.running')}</Mark> : null}
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        {diagnosis === null ? null : <Checked diagnosis={diagnosis} />}
      </div>
    </Section>
  );
}
