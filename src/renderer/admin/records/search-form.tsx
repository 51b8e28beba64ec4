import { Search, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  recordTextSearchSchema,
  SEARCH_FIELDS,
  SEARCH_TEXT_MAX,
  type RecordTextSearch,
  type SearchField,
} from '../../../shared/domain/record-search.ts';
import type { Problem } from '../form-problem.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../words.tsx';

/** Finds by one thing at a time: what it is looked for in is chosen beside the text. */
export function SearchForm(props: {
  readonly search: RecordTextSearch | null;
  readonly onSearch: (search: RecordTextSearch | null) => void;
}): ReactNode {
  const { t } = useWords();
  const [by, setBy] = useState<SearchField>(props.search?.by ?? 'receipt');
  const [text, setText] = useState(props.search?.text ?? '');
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const submit = (): void => {
    if (text.trim() === '') return props.onSearch(null);
    const asked = recordTextSearchSchema.safeParse({ by, text });
    setProblem(asked.success ? undefined : { key: `recordSearch.problem.${by}` });
    if (asked.success) props.onSearch(asked.data);
  };
  return (
    <form
      role="search"
      className="record-search"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t('recordSearch.in')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={by}
            onChange={({ target }) => {
              setBy(SEARCH_FIELDS.find((field) => field === target.value) ?? by);
              setProblem(undefined);
            }}
          >
            {SEARCH_FIELDS.map((field) => (
              <option key={field} value={field}>
                {t(`recordSearch.by.${field}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('recordSearch.text')} hint={t(`recordSearch.hint.${by}`)} problem={problem}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={SEARCH_TEXT_MAX}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button button-primary">
        <Search aria-hidden="true" size={15} /> {t('recordSearch.find')}
      </button>
      {props.search === null ? null : (
        <button
          type="button"
          className="button"
          onClick={() => {
            setText('');
            setProblem(undefined);
            props.onSearch(null);
          }}
        >
          <X aria-hidden="true" size={15} /> {t('recordSearch.clear')}
        </button>
      )}
    </form>
  );
}
