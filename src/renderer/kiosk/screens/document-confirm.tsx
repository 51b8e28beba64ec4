import { Pencil, TriangleAlert } from 'lucide-react';
import { useEffect, useReducer } from 'react';
import type { IdCardField } from '../../../shared/domain/document-reading.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions } from '../../ui/screen.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { ConfirmEditor } from './confirm-editor.tsx';
import { shownText } from './confirm-format.ts';
import { confirmAfter, confirmRows, firstEmpty, UNCHANGED, valuesOf, type ConfirmRow } from './confirm-state.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

type ConfirmView = Extract<KioskView, { screen: 'document-confirm' }>;

/** All that was read, to be compared with the card in the hand; one line at a time can be changed. */
export function DocumentConfirmScreen({ fields, problem }: Pick<ConfirmView, 'fields' | 'problem'>) {
  const [state, dispatch] = useReducer(confirmAfter, UNCHANGED);
  const rows = confirmRows(fields, problem, state.edits);
  useFocusOn(problem ? `${problem.field} ${problem.doubt}` : null, problem?.field ?? null);
  if (state.editing) return <ConfirmEditor editing={state.editing} dispatch={dispatch} />;
  return (
    <ConfirmList rows={rows} onEdit={({ field, text }) => dispatch({ type: 'edit', field, text })} onEmpty={focusRow} />
  );
}

interface ConfirmListProps {
  readonly rows: readonly ConfirmRow[];
  readonly onEdit: (row: ConfirmRow) => void;
  /** Something has to be filled in first. */
  readonly onEmpty: (field: IdCardField) => void;
}

function ConfirmList({ rows, onEdit, onEmpty }: ConfirmListProps) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const doubtful = rows.filter(({ doubt }) => doubt !== null).length;
  const confirm = (): void => {
    const empty = firstEmpty(rows);
    if (empty) onEmpty(empty);
    else void act({ type: 'document-confirmed', values: valuesOf(rows) });
  };
  return (
    <main className="screen confirm-screen" data-screen="document-confirm" data-state="list">
      <div className="confirm-head">
        <h1 tabIndex={-1}>{t('confirm.title')}</h1>
        <p className="lead phrases">
          <Phrases
            text={doubtful > 0 ? t('confirm.doubtful', { count: doubtful }) : t('confirm.lead')}
            language={language}
          />
        </p>
      </div>
      <div className="confirm-place">
        <ul className="confirm-list">
          {rows.map((row) => (
            <li key={row.field}>
              <ConfirmLine row={row} onPress={() => onEdit(row)} />
            </li>
          ))}
        </ul>
      </div>
      <div className="screen-actions">
        <Actions
          forward={
            <>
              <Button onPress={() => void act({ type: 'retake-document' })}>{t('actions.retake')}</Button>
              <Button kind="primary" onPress={confirm}>
                {t('actions.confirm')}
              </Button>
            </>
          }
          out={
            <>
              <OtherMethodButton />
              <CancelButton />
            </>
          }
        />
      </div>
    </main>
  );
}

/** A doubtful line has a sign, a bar and a reason; a sure one only its words. */
function ConfirmLine({ row, onPress }: { readonly row: ConfirmRow; readonly onPress: () => void }) {
  const { t, language } = useWords();
  const { field, text, doubt, changed } = row;
  return (
    <button
      type="button"
      className="confirm-line"
      data-field={field}
      data-doubt={doubt ?? undefined}
      data-changed={changed || undefined}
      onClick={onPress}
    >
      <span className="confirm-name">{t(`confirm.fields.${field}`)}</span>
      <span className="confirm-words">
        <span className="confirm-value">
          {text === '' ? (
            <span className="confirm-empty">{t('confirm.empty')}</span>
          ) : (
            shownText(field, text, t, language)
          )}
        </span>
        {doubt && (
          <span className="confirm-note">
            <TriangleAlert aria-hidden="true" strokeWidth={2} />
            <span>
              <strong>{t('confirm.check')}</strong>
              {language === 'en' ? ': ' : '：'}
              {t(`confirm.doubts.${doubt}`)}
            </span>
          </span>
        )}
        {!doubt && changed && <span className="confirm-note">{t('confirm.changed')}</span>}
      </span>
      <span className="confirm-change">
        <Pencil aria-hidden="true" strokeWidth={2} />
        <span className="only-spoken">{t('confirm.change')}</span>
      </span>
    </button>
  );
}

function focusRow(field: IdCardField): void {
  document.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
}

/** Goes to a line when there is something new to say about it; after the title has had its turn. */
function useFocusOn(key: string | null, field: IdCardField | null): void {
  useEffect(() => {
    if (key === null || field === null) return;
    const timer = setTimeout(() => focusRow(field));
    return () => clearTimeout(timer);
  }, [key, field]);
}
