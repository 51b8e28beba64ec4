import { useId, useRef, useState, type ReactNode } from 'react';
import type { Picture } from '../../../shared/domain/verification.ts';
import type { Result } from '../../../shared/result.ts';
import { MemoryPicture } from '../documents/memory-picture.tsx';
import { problemText, type Problem } from '../form-problem.ts';
import { size } from '../outbox/outbox-figures.ts';
import { useWords } from '../words.tsx';

function facts(value: { readonly bytes: Uint8Array; readonly width: number; readonly height: number }): string {
  return `${value.width} × ${value.height} · ${size(value.bytes.length)}`;
}

/** A file that is chosen, read at once, shown small, and can be taken back. A wrong one is named and leaves the former. */
export function FileInput<
  Value extends { readonly bytes: Uint8Array; readonly width: number; readonly height: number },
>(props: {
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  readonly value: Value | null;
  readonly preview?: (value: Value) => Picture;
  readonly problem: Problem | undefined;
  readonly read: (file: Blob) => Promise<Result<Value, Problem>>;
  readonly onChange: (value: Value | null) => void;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const problem = wrong ?? props.problem;
  const take = async (file: File): Promise<void> => {
    const result = await props.read(file);
    setWrong(result.ok ? null : result.error);
    if (result.ok) props.onChange(result.value);
  };
  const shown = props.value !== null && props.preview !== undefined ? props.preview(props.value) : null;
  return (
    <div className="field file-input">
      <span id={id} className="file-label">
        {props.label}
      </span>
      <div className="file-row">
        {shown === null ? null : (
          <MemoryPicture
            picture={{
              bytes: shown.bytes,
              mediaType: `image/${shown.format}`,
              width: shown.width,
              height: shown.height,
            }}
            alt=""
          />
        )}
        <button
          type="button"
          className="button"
          aria-labelledby={`${id} ${id}-choose`}
          aria-describedby={`${id}-note`}
          data-invalid={problem !== undefined}
          onClick={() => input.current?.click()}
        >
          <span id={`${id}-choose`}>{t('requests.form.chooseFile')}</span>
        </button>
        {props.value === null ? null : (
          <>
            <span className="muted">{facts(props.value)}</span>
            <button
              type="button"
              className="button"
              aria-label={`${t('requests.form.dropFile')}: ${props.label}`}
              onClick={() => {
                setWrong(null);
                props.onChange(null);
              }}
            >
              {t('requests.form.dropFile')}
            </button>
          </>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={props.accept}
          aria-label={props.label}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = '';
            if (file) void take(file);
          }}
        />
      </div>
      <p id={`${id}-note`} className={problem === undefined ? 'field-note' : 'field-note field-problem'}>
        {problem === undefined ? props.hint : problemText(problem, t)}
      </p>
    </div>
  );
}
