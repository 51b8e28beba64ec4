import { useId, useRef, useState, type ReactNode } from 'react';
import { problemText, type Problem } from '../form-problem.ts';
import { useWords } from '../words.tsx';
import { readLogo } from './brand-form.ts';

/** The logo: chosen, shown, and taken back. A file that is none is named and leaves the former. */
export function LogoInput(props: {
  readonly value: string | null;
  readonly onChange: (logo: string | null) => void;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = async (file: File): Promise<void> => {
    const result = await readLogo(file);
    setProblem(result.ok ? null : result.error);
    if (result.ok) props.onChange(result.value);
  };
  return (
    <div className="field">
      <span id={id} className="file-label">
        {t('brand.logo')}
      </span>
      <div className="file-row">
        {props.value === null ? null : <img className="brand-logo" src={props.value} alt="" />}
        <button
          type="button"
          className="button"
          aria-describedby={`${id} ${id}-note`}
          data-invalid={problem !== null}
          onClick={() => input.current?.click()}
        >
          {t('brand.chooseLogo')}
        </button>
        {props.value === null ? null : (
          <button type="button" className="button" onClick={() => props.onChange(null)}>
            {t('brand.removeLogo')}
          </button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/svg+xml"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void take(file);
          target.value = '';
        }}
      />
      <p id={`${id}-note`} className={problem === null ? 'field-note' : 'field-note field-problem'}>
        {problem === null ? t('brand.logoHint') : problemText(problem, t)}
      </p>
    </div>
  );
}
