import { useEffect, useEffectEvent, useReducer, type Dispatch } from 'react';
import { lookAtNumber, type TypedNumber } from '../../../shared/domain/typed-number.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { useWords } from '../environment.ts';
import { DigitGroups } from './digit-groups.tsx';
import { EMPTY_ENTRY, entryAfter, keyFits, type EntryEvent, type EntryState } from './entry-state.ts';
import { Keypad } from './keypad.tsx';
import { NameEntry } from './name-entry.tsx';
import { CancelButton, UseCardButton } from './ways-out.tsx';

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
  return entry.asks === 'number' ? <NumberEntry {...props} /> : <NameEntry entry={entry} dispatch={dispatch} />;
}

function NumberEntry({ entry, dispatch, today }: EntryProps) {
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
              <UseCardButton />
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

/** The number as it stands; places that are still empty keep theirs. */
function NumberGroups({ look, hidden }: { readonly look: TypedNumber; readonly hidden: boolean }) {
  const { t } = useWords();
  return (
    <DigitGroups
      groups={look.groups}
      sizes={look.length === 15 ? [3, 4, 6, 2] : [6, 8, 4]}
      wrong={look.problem !== null}
      spoken={`${t('entry.number')}，${t('entry.typed', { count: look.text.length, length: look.length })}`}
      hidden={hidden}
    />
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
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const onButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (/^[0-9a-zA-Z]$/.test(event.key)) dispatch({ type: 'key', character: event.key });
    else if (event.key === 'Backspace') dispatch({ type: 'delete' });
    else if (event.key === 'Enter' && !onButton) onEnter();
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
