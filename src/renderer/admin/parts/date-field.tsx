import { CalendarDays } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Calendar } from '../../ui/calendar.tsx';
import type { ControlProps } from '../../ui/field.tsx';
import type { DayLimits } from '../../ui/month-days.ts';
import { useEnvironment } from '../environment.ts';
import { calendarDay } from '../formats.ts';
import type { Problem } from '../form-problem.ts';
import { useWords } from '../words.tsx';
import { Field } from './field.tsx';
import { readDay } from './typed-day.ts';
import { useLeaving } from './use-leaving.ts';

interface DateInputProps extends DayLimits {
  readonly label: string;
  /** As it is typed; `readDay` reads it. */
  readonly value: string;
  readonly onEdit: (text: string) => void;
  /** A day of the calendar was chosen; absent: `onEdit` is enough. */
  readonly onPick?: (day: string) => void;
  /** The typing has ended, by Enter or by leaving. */
  readonly onEnd?: () => void;
  readonly wide?: boolean;
}

/** The calendar below its field: at the field's end where it would leave the window otherwise. */
function CalendarPopup(props: DateInputProps & { readonly onChoose: (day: string) => void }): ReactNode {
  const { t, language } = useWords();
  const { clock } = useEnvironment();
  const popup = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = popup.current;
    const isOutside = (element?.getBoundingClientRect().right ?? 0) > document.documentElement.clientWidth;
    element?.classList.toggle('date-popup-end', isOutside);
  }, []);
  return (
    <div ref={popup} className="date-popup" role="dialog" aria-label={t('date.calendar', { field: props.label })}>
      <Calendar
        chosen={readDay(props.value.slice(0, 10))}
        today={calendarDay(clock.wallMs())}
        language={language}
        words={{ previous: t('date.previous'), next: t('date.next') }}
        min={props.min}
        max={props.max}
        onChoose={props.onChoose}
      />
    </div>
  );
}

function DateInput(props: DateInputProps & { readonly control: ControlProps }): ReactNode {
  const { t } = useWords();
  const { value, onEdit, onPick = onEdit, onEnd } = props;
  const box = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (back: boolean): void => {
    setOpen(false);
    if (back) button.current?.focus();
  };
  useLeaving(box, () => isOpen, close);
  return (
    <span ref={box} className={props.wide === true ? 'date-input date-input-wide' : 'date-input'}>
      <input
        {...props.control}
        className="input"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={24}
        value={value}
        onChange={({ target }) => onEdit(target.value)}
        onBlur={() => {
          const day = readDay(value);
          if (day !== null && day !== value) onEdit(day);
          onEnd?.();
        }}
        onKeyDown={({ key }) => {
          if (key === 'Enter') onEnd?.();
        }}
      />
      <button
        ref={button}
        type="button"
        className="date-open"
        aria-label={t('date.open', { field: props.label })}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <CalendarDays aria-hidden="true" size={16} />
      </button>
      {isOpen ? (
        <CalendarPopup
          {...props}
          onChoose={(day) => {
            onPick(day);
            close(true);
          }}
        />
      ) : null}
    </span>
  );
}

/** A day, typed with the year first or chosen from a calendar. */
export function DateField(
  props: DateInputProps & { readonly hint?: string; readonly problem?: Problem | undefined },
): ReactNode {
  const { t } = useWords();
  const { hint = t('date.hint'), problem, ...input } = props;
  return (
    <Field label={input.label} hint={hint} problem={problem}>
      {(control) => <DateInput {...input} control={control} />}
    </Field>
  );
}
