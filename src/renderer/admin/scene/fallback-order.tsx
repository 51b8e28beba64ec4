import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { allowsMode } from '../../../shared/domain/digit-liveness.ts';
import { LIVENESS_MODE_IDS, type LivenessMode } from '../../../shared/domain/liveness-mode.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import { MOST_FALLBACKS, moved, planOf } from './liveness-form.ts';
import type { LivenessProps } from './liveness-section.tsx';

interface FallbackRowProps {
  readonly mode: LivenessMode;
  readonly place: number;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function FallbackRow({ mode, place, last, onMove, onRemove }: FallbackRowProps): ReactNode {
  const { t } = useWords();
  const name = t(`scene.liveness.mode.${mode}`);
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (!event.altKey || by === null) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li className="fallback-row" data-mode={mode}>
      <span className="fallback-place">{place}</span>
      <span className="fallback-name">{name}</span>
      <button
        type="button"
        className="button icon-button"
        data-act="up"
        aria-label={t('scene.liveness.moveUp', { name })}
        aria-disabled={place === 1}
        onKeyDown={onKey}
        onClick={() => onMove(-1)}
      >
        <ArrowUp aria-hidden="true" size={16} />
      </button>
      <button
        type="button"
        className="button icon-button"
        data-act="down"
        aria-label={t('scene.liveness.moveDown', { name })}
        aria-disabled={last}
        onKeyDown={onKey}
        onClick={() => onMove(1)}
      >
        <ArrowDown aria-hidden="true" size={16} />
      </button>
      <button
        type="button"
        className="button icon-button"
        data-act="remove"
        aria-label={t('scene.liveness.remove', { name })}
        onKeyDown={onKey}
        onClick={onRemove}
      >
        <X aria-hidden="true" size={16} />
      </button>
    </li>
  );
}

/** What the scene turns to, in order: buttons or Alt with an arrow key move a row, and the focus stays with it. */
export function FallbackOrder({ draft, problems, digits }: LivenessProps): ReactNode {
  const { t } = useWords();
  const { mode, fallback } = planOf(draft.value);
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (focused.current === null) return;
    list.current?.querySelector<HTMLButtonElement>(focused.current)?.focus();
    focused.current = null;
  });
  const put = (modes: readonly LivenessMode[]): void => draft.edit({ livenessFallback: modes.join(',') });
  const move = (index: number, by: -1 | 1): void => {
    focused.current = `[data-mode="${fallback[index]}"] [data-act="${by < 0 ? 'up' : 'down'}"]`;
    put(moved(fallback, index, by));
  };
  const left = LIVENESS_MODE_IDS.filter((one) => one !== mode && !fallback.includes(one) && allowsMode(digits, one));
  const full = fallback.length >= MOST_FALLBACKS;
  return (
    <fieldset className="radio-list fallback">
      <legend>{t('scene.liveness.fallbackTitle')}</legend>
      <p className="muted">{t('scene.liveness.fallbackLead')}</p>
      <ol ref={list} className="fallback-list">
        {fallback.map((one, index) => (
          <FallbackRow
            key={one}
            mode={one}
            place={index + 1}
            last={index === fallback.length - 1}
            onMove={(by) => move(index, by)}
            onRemove={() => put(fallback.filter((other) => other !== one))}
          />
        ))}
      </ol>
      {fallback.length === 0 && <p className="muted">{t('scene.liveness.noFallback')}</p>}
      <Field
        label={t('scene.liveness.add')}
        hint={full ? t('scene.liveness.full', { n: MOST_FALLBACKS }) : ''}
        problem={problems.livenessFallback}
      >
        {(control) => (
          <select
            {...control}
            className="input"
            value=""
            disabled={full || left.length === 0}
            onChange={(event) => {
              const added = left.find((one) => one === event.target.value);
              if (added) put([...fallback, added]);
            }}
          >
            <option value="">{t('scene.liveness.choose')}</option>
            {left.map((one) => (
              <option key={one} value={one}>
                {t(`scene.liveness.mode.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </fieldset>
  );
}
