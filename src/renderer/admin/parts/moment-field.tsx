import { useState, type ReactNode } from 'react';
import { useWords } from '../words.tsx';
import { DateField } from './date-field.tsx';
import { momentText, readMoment, type SpanEnd } from './typed-day.ts';

/** One end of a span of time: a day, or a day with a time. What can't be read is said below and changes nothing. */
export function MomentField(props: {
  readonly label: string;
  readonly end: SpanEnd;
  readonly ms: number | null;
  readonly onMs: (ms: number | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { end, ms, onMs } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? momentText(ms, end);
  const isRead = text.trim() === '' || readMoment(text, end) !== null;
  const [isEnded, setEnded] = useState(false);
  const [seen, setSeen] = useState(ms);
  // Changed from elsewhere, as when the filters are cleared: what was being typed goes.
  if (seen !== ms) {
    setSeen(ms);
    setTyped(null);
  }
  const take = (taken: string): void => {
    const found = taken.trim() === '' ? null : readMoment(taken, end);
    setEnded(true);
    if (found === null && taken.trim() !== '') return;
    setTyped(null);
    if (found !== ms) onMs(found);
  };
  return (
    <DateField
      label={props.label}
      hint={t('date.hintTime')}
      problem={isEnded && !isRead ? { key: 'date.problem.moment' } : undefined}
      value={text}
      wide
      onEdit={(edited) => {
        setEnded(false);
        setTyped(edited);
      }}
      onPick={take}
      onEnd={() => {
        if (typed !== null) take(typed);
      }}
    />
  );
}
