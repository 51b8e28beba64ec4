import { useEffect, useState, type ReactNode } from 'react';
import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { Action } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { seenReader } from './reader-figures.ts';
import { transportWords } from './transport-words.ts';
import { TroubleNote } from './trouble-note.tsx';

const TICK_MS = 1_000;

/** A search has no end that can be foreseen: a bar that moves, and the seconds so far. */
function Searching(): ReactNode {
  const { t } = useWords();
  const { clock } = useEnvironment();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const beganMs = clock.monotonicMs();
    const timer = setInterval(() => setSeconds(Math.floor((clock.monotonicMs() - beganMs) / 1_000)), TICK_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return (
    <div className="searching">
      <Mark tone="waiting">{t('reader.find.running')}</Mark>
      <progress aria-label={t('reader.find.running')} />
      <span className="muted" aria-hidden="true">
        {t('reader.find.seconds', { n: seconds })}
      </span>
    </div>
  );
}

/** Whether a found reader is the one in the form. */
export type Chosen = 'no' | 'drafted' | 'saved';

function FoundReader(props: {
  readonly found: DetectedReader;
  readonly chosen: Chosen;
  readonly onUse: () => void;
}): ReactNode {
  const words = useWords();
  const { t } = words;
  const { found } = props;
  const seen = seenReader(found, words);
  return (
    <li className="found-reader">
      <div className="found-words">
        <strong>{found.label}</strong>
        <small className="muted">{transportWords(found.transport, t)}</small>
        <Mark tone={seen.tone}>{seen.state}</Mark>
        {seen.who === '' ? null : <small className="code">{seen.who}</small>}
        {seen.note === undefined ? null : <small className="muted">{seen.note}</small>}
        {seen.trouble === null ? null : <TroubleNote trouble={seen.trouble} brief />}
      </div>
      {props.chosen === 'drafted' ? <Mark tone="waiting">{t('reader.find.drafted')}</Mark> : null}
      {props.chosen === 'saved' ? <Mark tone="good">{t('reader.find.saved')}</Mark> : null}
      {props.chosen !== 'no' ? null : (
        <button
          type="button"
          className="button"
          aria-label={t('reader.find.useOf', { label: found.label })}
          onClick={props.onUse}
        >
          {t('reader.find.use')}
        </button>
      )}
    </li>
  );
}

function FoundList(props: {
  readonly found: readonly DetectedReader[];
  readonly chosen: (transport: ReaderTransport) => Chosen;
  readonly onUse: (transport: ReaderTransport) => void;
}): ReactNode {
  const { t } = useWords();
  const answered = props.found.filter((one) => one.identity !== null);
  const silent = props.found.filter((one) => one.identity === null);
  if (props.found.length === 0) return <p>{t('reader.find.nothing')}</p>;
  return (
    <>
      <p className="muted" role="status">
        {t('reader.find.count', { all: props.found.filter(({ asked }) => asked !== false).length, n: answered.length })}
      </p>
      <ul className="found-list">
        {[...answered, ...silent.toSorted((a, b) => Number(b.known) - Number(a.known))].map((found) => (
          <FoundReader
            key={JSON.stringify(found.transport)}
            found={found}
            chosen={props.chosen(found.transport)}
            onUse={() => props.onUse(found.transport)}
          />
        ))}
      </ul>
    </>
  );
}

/** Asks everything that may be a reader, and takes one over into the form. */
export function FindReaders(props: {
  readonly search: Action<'admin:detect-readers'>;
  readonly found: readonly DetectedReader[] | null;
  readonly onFound: (found: readonly DetectedReader[] | null) => void;
  readonly chosen: (transport: ReaderTransport) => Chosen;
  readonly onUse: (transport: ReaderTransport) => void;
}): ReactNode {
  const { t } = useWords();
  const { phase, run } = props.search;
  const start = async (): Promise<void> => {
    props.onFound(null);
    const result = await run(null);
    if (result.ok) props.onFound(result.value);
  };
  return (
    <Section title={t('reader.find.title')}>
      <p className="muted">{t('reader.find.note')}</p>
      <button type="button" className="button" disabled={phase.state === 'running'} onClick={() => void start()}>
        {t('reader.find.start')}
      </button>
      <div className="search-outcome">
        {phase.state === 'running' ? <Searching /> : null}
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        {props.found === null ? null : <FoundList {...props} found={props.found} />}
      </div>
    </Section>
  );
}
