import { useEffect, useEffectEvent, useReducer, useRef, useState, type Dispatch, type KeyboardEvent } from 'react';
import { maskNumber } from '../../../shared/domain/masking.ts';
import { nameProblem } from '../../../shared/domain/typed-identity.ts';
import { lookAtNumber, type TypedNumber } from '../../../shared/domain/typed-number.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { EMPTY_ENTRY, entryAfter, keyFits, type EntryEvent, type EntryState } from './entry-state.ts';
import { Keypad } from './keypad.tsx';
import { CancelButton } from './ways-out.tsx';

interface EntryProps {
  readonly entry: EntryState;
  readonly dispatch: Dispatch<EntryEvent>;
  readonly today: string;
}

/** Without a key for this long the number is covered. */
const HIDE_AFTER_MS = 8_000;

/** First the number by its own keys, then the name by the system's input method. */
export function IdentityEntryScreen({ today }: { readonly today: string }) {
  const [entry, dispatch] = useReducer(entryAfter, EMPTY_ENTRY);
  const props = { entry, dispatch, today };
  return entry.asks === 'number' ? <NumberEntry {...props} /> : <NameEntry {...props} />;
}

function NumberEntry({ entry, dispatch, today }: EntryProps) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const look = lookAtNumber(entry.number, today);
  useHiding(entry, dispatch);
  useNumberKeys(dispatch, () => dispatch({ type: 'go-on', today }));
  return (
    <Screen
      name="identity-entry"
      state="number"
      title={t('entry.numberTitle')}
      figure={
        <Keypad
          letters={entry.letters}
          fits={(character) => keyFits(entry, character)}
          onKey={(character) =>
            dispatch(keyFits(entry, character) ? { type: 'key', character } : { type: 'pad', letters: entry.letters })
          }
          onDelete={() => dispatch({ type: 'delete' })}
          onClear={() => dispatch({ type: 'clear' })}
          onPad={(letters) => dispatch({ type: 'pad', letters })}
        />
      }
      actions={
        <Actions
          forward={
            <Button kind="primary" disabled={!look.valid} onPress={() => dispatch({ type: 'go-on', today })}>
              {t('actions.continue')}
            </Button>
          }
          out={
            <>
              <Button kind="quiet" onPress={() => void act({ type: 'use-card' })}>
                {t('actions.useCard')}
              </Button>
              <CancelButton />
            </>
          }
        />
      }
    >
      <NumberGroups look={look} hidden={entry.hidden} />
      <p
        className="entry-note phrases"
        data-problem={look.problem !== null || entry.refused || undefined}
        role="status"
      >
        <Phrases text={noteOf(look, entry, t)} language={language} />
      </p>
    </Screen>
  );
}

function noteOf(look: TypedNumber, entry: EntryState, t: ReturnType<typeof useWords>['t']): string {
  if (entry.refused) return t('entry.problem.refused');
  if (look.problem) return t(`entry.problem.${look.problem}`);
  if (entry.hidden) return t('entry.hidden');
  return look.valid ? t('entry.right') : t('entry.numberLead');
}

/** The digits in the groups in which they are read out; places that are still empty keep theirs. */
function NumberGroups({ look, hidden }: { readonly look: TypedNumber; readonly hidden: boolean }) {
  const { t } = useWords();
  const sizes = look.length === 15 ? [3, 4, 6, 2] : [6, 8, 4];
  const shown = (group: string): string => (hidden ? '•'.repeat(group.length) : group);
  return (
    <div className="entry-number" data-problem={look.problem !== null || undefined}>
      <span className="only-spoken">
        {t('entry.number')}
        {'，'}
        {t('entry.typed', { count: look.text.length, length: look.length })}
      </span>
      {look.groups.map((group, index) => (
        <span key={index} className="entry-group" aria-hidden="true">
          {shown(group)}
          <span className="entry-ahead">{'–'.repeat(sizes[index]! - group.length)}</span>
        </span>
      ))}
    </div>
  );
}

/** Covers the number a while after the last key. */
function useHiding({ number, hidden }: EntryState, dispatch: Dispatch<EntryEvent>): void {
  useEffect(() => {
    if (hidden || number === '') return;
    const timer = setTimeout(() => dispatch({ type: 'hide' }), HIDE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [number, hidden, dispatch]);
}

/** A keyboard works like the keys on the screen. */
function useNumberKeys(dispatch: Dispatch<EntryEvent>, onEnter: () => void): void {
  const onKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const onButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (/^[0-9a-zA-Z]$/.test(event.key)) dispatch({ type: 'key', character: event.key });
    else if (event.key === 'Backspace') dispatch({ type: 'delete' });
    else if (event.key === 'Enter' && !onButton) onEnter();
  });
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

function NameEntry({ entry, dispatch }: EntryProps) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [composing, setComposing] = useState(false);
  useEffect(() => field.current?.focus(), []);
  // What an input method is still putting together is not a name yet.
  const problem = composing ? null : nameProblem(entry.name);
  const ready = !composing && problem === null;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await act({ type: 'submit-identity', name: entry.name, number: entry.number });
    if (!answer.ok) dispatch({ type: 'refused', field: answer.error.detail === 'name' ? 'name' : 'number' });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) void submit();
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
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={onKey}
      />
      <p className="entry-note phrases" data-problem={wrong || undefined} role="status">
        <Phrases text={wrong ? t('entry.problem.name') : t('entry.nameLead')} language={language} />
      </p>
    </Screen>
  );
}
