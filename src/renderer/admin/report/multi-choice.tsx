import { ChevronDown } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { useLeaving } from '../parts/use-leaving.ts';
import { useWords } from '../words.tsx';

export interface MultiOption {
  readonly value: string;
  readonly label: string;
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
  const close = (back: boolean): void => {
    if (box.current === null) return;
    box.current.open = false;
    if (back) box.current.querySelector('summary')?.focus();
  };
  useLeaving(box, () => box.current?.open ?? false, close);
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
