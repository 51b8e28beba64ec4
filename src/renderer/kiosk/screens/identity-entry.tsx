import { useReducer, type Dispatch } from 'react';
import { lookAtNumber, type TypedNumber } from '../../../shared/domain/typed-number.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { useWords } from '../environment.ts';
import { DigitGroups } from './digit-groups.tsx';
import { EMPTY_ENTRY, entryAfter, keyFits, type EntryEvent, type EntryState } from './entry-state.ts';
import { Keypad } from './keypad.tsx';
import { NameEntry } from './name-entry.tsx';
import { useDigitKeys } from './use-digit-keys.ts';
import { useHiding } from './use-hiding.ts';
import { CancelButton, UseCardButton } from './ways-out.tsx';

interface EntryProps {
  readonly entry: EntryState;
  readonly dispatch: Dispatch<EntryEvent>;
  readonly today: string;
}

/** First the number by its own keys, then the name by the system's input method. */
export function IdentityEntryScreen({ today }: { readonly today: string }) {
  const [entry, dispatch] = useReducer(entryAfter, EMPTY_ENTRY);
  const props = { entry, dispatch, today };
  return entry.asks === 'number' ? <NumberEntry {...props} /> : <NameEntry entry={entry} dispatch={dispatch} />;
}

function NumberEntry({ entry, dispatch, today }: EntryProps) {
  const { t, language } = useWords();
  const look = lookAtNumber(entry.number, today);
  useHiding(entry.number, entry.hidden, () => dispatch({ type: 'hide' }));
  useDigitKeys({
    onCharacter: (character) => dispatch({ type: 'key', character }),
    onDelete: () => dispatch({ type: 'delete' }),
    onEnter: () => dispatch({ type: 'go-on', today }),
  });
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
