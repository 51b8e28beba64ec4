import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Problem } from '../form-problem.ts';
import { useWords } from '../words.tsx';
import { Field } from './field.tsx';
import { moved } from './moved.ts';

interface RowProps {
  readonly value: string;
  readonly name: string;
  readonly place: number;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function OrderRow({ value, name, place, last, onMove, onRemove }: RowProps): ReactNode {
  const { t } = useWords();
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (!event.altKey || by === null) return;
    event.preventDefault();
    onMove(by);
  };
  const buttons = [
    { act: 'up', label: t('scene.liveness.moveUp', { name }), off: place === 1, Icon: ArrowUp, run: () => onMove(-1) },
    { act: 'down', label: t('scene.liveness.moveDown', { name }), off: last, Icon: ArrowDown, run: () => onMove(1) },
    { act: 'remove', label: t('scene.liveness.remove', { name }), off: false, Icon: X, run: onRemove },
  ] as const;
  return (
    <li className="fallback-row" data-value={value}>
      <span className="fallback-place">{place}</span>
      <span className="fallback-name">{name}</span>
      {buttons.map(({ act, label, off, Icon, run }) => (
        <button
          key={act}
          type="button"
          className="button icon-button"
          data-act={act}
          aria-label={label}
          aria-disabled={off}
          onKeyDown={onKey}
          onClick={run}
        >
          <Icon aria-hidden="true" size={16} />
        </button>
      ))}
    </li>
  );
}

/** Some of a closed list, in an order: buttons or Alt with an arrow key move a row, and the focus stays with it. */
export function OrderList<Value extends string>(props: {
  readonly legend: string;
  readonly lead: string;
  readonly none: string;
  readonly add: string;
  readonly hint: string;
  readonly chosen: readonly Value[];
  readonly left: readonly Value[];
  readonly full: boolean;
  readonly nameOf: (value: Value) => string;
  readonly problem?: Problem | undefined;
  readonly onChange: (values: readonly Value[]) => void;
}): ReactNode {
  const { t } = useWords();
  const { chosen, left, full, nameOf, onChange } = props;
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (focused.current === null) return;
    list.current?.querySelector<HTMLButtonElement>(focused.current)?.focus();
    focused.current = null;
  });
  const move = (index: number, by: -1 | 1): void => {
    focused.current = `[data-value="${chosen[index]}"] [data-act="${by < 0 ? 'up' : 'down'}"]`;
    onChange(moved(chosen, index, by));
  };
  return (
    <fieldset className="radio-list fallback">
      <legend>{props.legend}</legend>
      <p className="muted">{props.lead}</p>
      <ol ref={list} className="fallback-list">
        {chosen.map((one, index) => (
          <OrderRow
            key={one}
            value={one}
            name={nameOf(one)}
            place={index + 1}
            last={index === chosen.length - 1}
            onMove={(by) => move(index, by)}
            onRemove={() => onChange(chosen.filter((other) => other !== one))}
          />
        ))}
      </ol>
      {chosen.length === 0 && <p className="muted">{props.none}</p>}
      <Field label={props.add} hint={props.hint} problem={props.problem}>
        {(control) => (
          <select
            {...control}
            className="input"
            value=""
            disabled={full || left.length === 0}
            onChange={(event) => {
              const added = left.find((one) => one === event.target.value);
              if (added) onChange([...chosen, added]);
            }}
          >
            <option value="">{t('scene.liveness.choose')}</option>
            {left.map((one) => (
              <option key={one} value={one}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </fieldset>
  );
}
