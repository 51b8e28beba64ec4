import { ChevronDown } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words.tsx';

export interface MultiOption {
  readonly value: string;
  readonly label: string;
}

/** Closes an open list on Escape and when the focus or a click goes elsewhere. */
function useClosing(box: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const leave = (event: Event): void => {
      const list = box.current;
      if (list?.open && event.target instanceof Node && !list.contains(event.target)) list.open = false;
    };
    const escape = (event: KeyboardEvent): void => {
      const list = box.current;
      if (event.key !== 'Escape' || !list?.open) return;
      list.open = false;
      list.querySelector('summary')?.focus();
    };
    addEventListener('keydown', escape);
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    return () => {
      removeEventListener('keydown', escape);
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
    };
  }, [box]);
}

/** Any number of a list; none chosen means all of them. */
export function MultiChoice(props: {
  readonly label: string;
  readonly options: readonly MultiOption[];
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}): ReactNode {
  const { t } = useWords();
  const { label, options, chosen, onChoose } = props;
  const box = useRef<HTMLDetailsElement>(null);
  useClosing(box);
  const only = chosen.length === 1 ? options.find(({ value }) => value === chosen[0])?.label : undefined;
  const shown = chosen.length === 0 ? t('report.all') : (only ?? t('report.chosen', { n: chosen.length }));
  const toggle = (value: string): void =>
    onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <details ref={box} className="multi-choice">
      <summary className="input">
        <span className="muted">{label}</span> <span className="multi-chosen">{shown}</span>
        <ChevronDown aria-hidden="true" size={14} />
      </summary>
      <fieldset className="multi-list">
        <legend className="visually-hidden">{label}</legend>
        <button
          type="button"
          className="button button-quiet"
          disabled={chosen.length === 0}
          onClick={() => onChoose([])}
        >
          {t('report.all')}
        </button>
        {options.map(({ value, label: name }) => (
          <label key={value} className="multi-row">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
