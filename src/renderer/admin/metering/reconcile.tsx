import { useRef, useState, type ReactNode } from 'react';
import type { Reconciliation } from '../../../shared/domain/metering.ts';
import { useAction } from '../answers.ts';
import { count } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import type { DayRange } from './day-range.ts';
import { DIFFERENCES } from './difference-shape.ts';
import { DifferenceTable } from './difference-tables.tsx';

/** Characters of a statement that main takes. */
const MOST_CHARACTERS = 20_000_000;

/** Text of a statement: UTF-8, or GB 18030 as consoles in China export it. */
async function statementText(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}

interface Compared {
  readonly name: string;
  readonly found: Reconciliation;
}

function Outcome({ compared }: { readonly compared: Compared }): ReactNode {
  const { t, language } = useWords();
  const { found } = compared;
  const differs = DIFFERENCES.some((kind) => kind !== 'resolved' && found[kind].length > 0);
  return (
    <>
      <p role="status" className="statement-state">
        {differs ? null : <Mark tone="good">{t('metering.reconcile.allMatch')}</Mark>}{' '}
        <span className="muted">{t('metering.reconcile.file', { name: compared.name })}</span>
      </p>
      <dl className="figures">
        {(['matched', ...DIFFERENCES] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`metering.reconcile.${kind}`)}</dt>
            <dd>{count(kind === 'matched' ? found.matched : found[kind].length, language)}</dd>
          </div>
        ))}
      </dl>
      {DIFFERENCES.map((kind) => (
        <DifferenceTable key={kind} kind={kind} found={found} />
      ))}
    </>
  );
}

type Wrong = 'tooLarge' | 'unreadable';

function useStatement(range: DayRange) {
  const { phase, run, reset } = useAction('admin:reconcile');
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [compared, setCompared] = useState<(Compared & { readonly range: DayRange }) | null>(null);
  const clear = (): void => {
    setCompared(null);
    setWrong(null);
    reset();
  };
  const take = async (file: File): Promise<void> => {
    clear();
    if (file.size > MOST_CHARACTERS) return setWrong('tooLarge');
    const statement = await statementText(file).catch(() => null);
    if (statement === null) return setWrong('unreadable');
    const answer = await run({ ...range, statement });
    if (answer.ok) setCompared({ name: file.name, found: answer.value, range });
  };
  const current = compared !== null && compared.range === range ? compared : null;
  return { phase, wrong, compared: current, take, clear };
}

/** Lays a vendor's statement beside the calls of these days, and names every line that doesn't fit. */
export function Reconcile({ range }: { readonly range: DayRange }): ReactNode {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const { phase, wrong, compared, take, clear } = useStatement(range);
  const running = phase.state === 'running';
  return (
    <Section title={t('metering.reconcile.title')}>
      <p className="muted lead-in">{t('metering.reconcile.lead')}</p>
      <div className="save-bar">
        <button type="button" className="button" disabled={running} onClick={() => input.current?.click()}>
          {t(running ? 'metering.reconcile.running' : 'metering.reconcile.choose')}
        </button>
        {compared === null ? null : (
          <button type="button" className="button" onClick={clear}>
            {t('metering.reconcile.clear')}
          </button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,text/csv"
          aria-label={t('metering.reconcile.choose')}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) void take(file);
            currentTarget.value = '';
          }}
        />
      </div>
      {wrong === null ? null : (
        <p className="field-problem" role="alert">
          {t(`metering.reconcile.${wrong}`)}
        </p>
      )}
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      {compared === null ? null : <Outcome compared={compared} />}
    </Section>
  );
}
