import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { dayByKey, monthsAfter, weeksOf, within, type DayLimits } from './month-days.ts';

/** A week that began on a Monday: its days name the columns. */
const SOME_WEEK = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09', '2026-01-10', '2026-01-11'];

function format(day: string, language: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00Z`));
}

function Weekdays({ language }: { readonly language: string }): ReactNode {
  return (
    <thead>
      <tr>
        {SOME_WEEK.map((day) => (
          <th key={day} scope="col" abbr={format(day, language, { weekday: 'long' })}>
            {format(day, language, { weekday: 'narrow' })}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Day(props: {
  readonly day: string;
  readonly language: string;
  readonly isChosen: boolean;
  readonly isToday: boolean;
  readonly isNext: boolean;
  readonly isBarred: boolean;
  readonly onChoose: (day: string) => void;
}): ReactNode {
  const { day, language } = props;
  return (
    <td role="gridcell" aria-selected={props.isChosen}>
      <button
        type="button"
        className="calendar-day"
        data-day={day}
        tabIndex={props.isNext ? 0 : -1}
        disabled={props.isBarred}
        aria-current={props.isToday ? 'date' : undefined}
        aria-label={format(day, language, { dateStyle: 'full' })}
        onClick={() => props.onChoose(day)}
      >
        {Number(day.slice(8))}
      </button>
    </td>
  );
}

/** What the calendar's own buttons are called. */
export interface CalendarWords {
  readonly previous: string;
  readonly next: string;
}

function MonthStep(props: {
  readonly label: string;
  readonly to: string | null;
  readonly onMonth: (day: string) => void;
  readonly children: ReactNode;
}): ReactNode {
  const { to } = props;
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={props.label}
      disabled={to === null}
      onClick={() => {
        if (to !== null) props.onMonth(to);
      }}
    >
      {props.children}
    </button>
  );
}

/** One month to choose a day from (`YYYY-MM-DD`), by pointer or by the keys of a grid; it takes the focus when it opens. */
export function Calendar(
  props: DayLimits & {
    readonly chosen: string | null;
    readonly today: string;
    readonly language: string;
    readonly words: CalendarWords;
    readonly onChoose: (day: string) => void;
  },
): ReactNode {
  const { chosen, today, language, words, min, max } = props;
  const [next, setNext] = useState(() => within(chosen ?? today, props));
  const isFocused = useRef(true);
  const grid = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (isFocused.current) grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  }, [next]);
  const step = (months: number): string | null => {
    const day = monthsAfter(next, months);
    const reached = day === null ? null : within(day, props);
    return reached === null || reached.slice(0, 7) === next.slice(0, 7) ? null : reached;
  };
  const turn = (day: string): void => {
    isFocused.current = false;
    setNext(day);
  };
  return (
    <div className="calendar">
      <div className="calendar-head">
        <MonthStep label={words.previous} to={step(-1)} onMonth={turn}>
          <ChevronLeft aria-hidden="true" size={16} />
        </MonthStep>
        <strong aria-live="polite">{format(next, language, { year: 'numeric', month: 'long' })}</strong>
        <MonthStep label={words.next} to={step(1)} onMonth={turn}>
          <ChevronRight aria-hidden="true" size={16} />
        </MonthStep>
      </div>
      <table
        ref={grid}
        role="grid"
        onKeyDown={(event) => {
          const day = dayByKey(event.key, next);
          if (day === null) return;
          event.preventDefault();
          isFocused.current = true;
          setNext(within(day, props));
        }}
      >
        <Weekdays language={language} />
        <tbody>
          {weeksOf(next).map((week, at) => (
            <tr key={at}>
              {week.map((day, place) =>
                day === null ? (
                  <td key={place} />
                ) : (
                  <Day
                    key={day}
                    day={day}
                    language={language}
                    isChosen={day === chosen}
                    isToday={day === today}
                    isNext={day === next}
                    isBarred={(min !== undefined && day < min) || (max !== undefined && day > max)}
                    onChoose={props.onChoose}
                  />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
