import type { ReactNode } from 'react';
import {
  CONNECTION_FACTS,
  type ConnectionFinding,
  type ConnectionReport,
} from '../../../shared/ipc/admin-connection.ts';
import { grouped } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { TroubleNote } from '../reader/trouble-note.tsx';
import { troubleOf } from '../reader/reader-figures.ts';
import type { Translate } from '../translation.ts';
import { useKept } from '../use-kept.ts';
import { useWords } from '../words.tsx';

const TONES = { good: 'good', warning: 'warning', failed: 'bad', 'not-needed': 'off', 'not-tried': 'off' } as const;

function factWords(finding: ConnectionFinding, t: Translate): string {
  return CONNECTION_FACTS.flatMap((fact) => {
    const value = finding.facts[fact];
    if (value === undefined) return [];
    const shown = fact === 'fingerprint' || fact === 'pinned' ? grouped(String(value)) : value;
    return [t(`connection.fact.${fact}`, { value: shown })];
  }).join(' · ');
}

function Finding({ finding }: { readonly finding: ConnectionFinding }): ReactNode {
  const words = useWords();
  const { t } = words;
  const { step, state, failure, tookMs } = finding;
  const facts = factWords(finding, t);
  const wantsFix = state === 'failed' || state === 'warning';
  return (
    <li className="checked-step connection-step">
      <div className="connection-head">
        <Mark tone={TONES[state]}>{t(`connection.states.${state}`)}</Mark>
        <strong>{t(`connection.step.${step}`)}</strong>
        {tookMs === null ? null : <small className="muted">{t('connection.took', { ms: tookMs })}</small>}
      </div>
      {facts === '' ? null : <small className="code muted connection-facts">{facts}</small>}
      {failure === null ? null : <TroubleNote trouble={troubleOf(failure, words)} brief />}
      {wantsFix ? <p className="connection-fix">{t(`connection.fix.${step}`)}</p> : null}
    </li>
  );
}

function outcomeOf({ findings }: ConnectionReport, t: Translate): ReactNode {
  const failed = findings.find(({ state }) => state === 'failed');
  if (failed) return <Mark tone="bad">{t('connection.stoppedAt', { step: t(`connection.step.${failed.step}`) })}</Mark>;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  if (warnings > 0) return <Mark tone="warning">{t('connection.withWarnings', { n: warnings })}</Mark>;
  return <Mark tone="good">{t('connection.allGood')}</Mark>;
}

/**
 * Goes to the verifier step by step.
 *
 * @param address null: the one that this terminal is enrolled with
 */
export function ConnectionTest(props: { readonly address: string | null; readonly blocked?: boolean }): ReactNode {
  const { t } = useWords();
  const { phase, run, value } = useKept('admin:test-connection');
  return (
    <Section title={t('connection.title')}>
      <p className="muted">{t('connection.note')}</p>
      <button
        type="button"
        className="button"
        disabled={phase.state === 'running' || props.blocked === true}
        onClick={() => void run({ address: props.address })}
      >
        {t('connection.start')}
      </button>
      <div className="search-outcome" role="status">
        {phase.state === 'running' ? <Mark tone="waiting">{t('connection.running')}</Mark> : null}
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        {value === null || phase.state === 'running' ? null : outcomeOf(value, t)}
      </div>
      {value === null || phase.state !== 'done' ? null : (
        <ol className="checked-steps">
          {value.findings.map((finding) => (
            <Finding key={finding.step} finding={finding} />
          ))}
        </ol>
      )}
    </Section>
  );
}
