import { useEffect, useRef, useState, type Dispatch } from 'react';
import { maskNumber } from '../../../shared/domain/masking.ts';
import { nameProblem } from '../../../shared/domain/typed-identity.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import type { EntryEvent, EntryState } from './entry-state.ts';
import { CancelButton } from './ways-out.tsx';

interface NameEntryProps {
  readonly entry: EntryState;
  readonly dispatch: Dispatch<EntryEvent>;
}

/** The name by the system's input method; the number before it is masked. */
export function NameEntry({ entry, dispatch }: NameEntryProps) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const [composing, setComposing] = useState(false);
  // What an input method is still putting together is not a name yet.
  const problem = composing ? null : nameProblem(entry.name);
  const ready = !composing && problem === null;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await act({ type: 'submit-identity', name: entry.name, number: entry.number });
    if (!answer.ok) dispatch({ type: 'refused', field: answer.error.detail === 'name' ? 'name' : 'number' });
  };
  const wrong = entry.refused || problem === 'characters' || problem === 'long';
  return (
    <Screen
      name="identity-entry"
      state="name"
      title={t('entry.nameTitle')}
      figure={
        <p className="entry-before">
          {t('entry.number')} <span className="entry-masked">{maskNumber(entry.number)}</span>
        </p>
      }
      actions={
        <Actions
          forward={
            <Button kind="primary" disabled={!ready} onPress={() => void submit()}>
              {t('actions.continue')}
            </Button>
          }
          out={
            <>
              <Button kind="quiet" onPress={() => dispatch({ type: 'back' })}>
                {t('entry.back')}
              </Button>
              <CancelButton />
            </>
          }
        />
      }
    >
      <NameField
        entry={entry}
        dispatch={dispatch}
        wrong={wrong}
        onComposing={setComposing}
        onEnter={() => void submit()}
      />
      <p className="entry-note phrases" data-problem={wrong || undefined} role="status">
        <Phrases text={wrong ? t('entry.problem.name') : t('entry.nameLead')} language={language} />
      </p>
    </Screen>
  );
}

interface NameFieldProps extends NameEntryProps {
  readonly wrong: boolean;
  readonly onComposing: (composing: boolean) => void;
  readonly onEnter: () => void;
}

function NameField({ entry, dispatch, wrong, onComposing, onEnter }: NameFieldProps) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <input
      ref={field}
      className="entry-name"
      type="text"
      aria-label={t('entry.name')}
      aria-invalid={wrong || undefined}
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="done"
      maxLength={100}
      value={entry.name}
      onChange={(event) => dispatch({ type: 'name', name: event.target.value })}
      onCompositionStart={() => onComposing(true)}
      onCompositionEnd={() => onComposing(false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter();
      }}
    />
  );
}
