import { useReducer } from 'react';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { useEnvironment, useWords, type Words } from '../environment.ts';
import { DigitGroups } from './digit-groups.tsx';
import {
  digitFits,
  elementAfter,
  EMPTY_ELEMENT,
  lookAtElement,
  type Element,
  type ElementEvent,
  type ElementLook,
  type ElementState,
} from './element-state.ts';
import { Keypad } from './keypad.tsx';
import { useDigitKeys } from './use-digit-keys.ts';
import { useHiding } from './use-hiding.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

/** A phone number or the number of a bank card, by its own keys. */
export function ElementEntryScreen({ asks }: { readonly asks: Element }) {
  const { act } = useEnvironment();
  const words = useWords();
  const { t, language } = words;
  const [state, dispatch] = useReducer(
    (before: ElementState, event: ElementEvent) => elementAfter(before, event, asks),
    EMPTY_ELEMENT,
  );
  const typed = lookAtElement(asks, state.digits);
  const ready = typed.complete && !state.sending;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    dispatch({ type: 'sent' });
    const answer = await act({ type: 'submit-element', value: state.digits });
    if (!answer.ok) dispatch({ type: 'refused', code: answer.error.code });
  };
  useHiding(state.digits, state.hidden, () => dispatch({ type: 'hide' }));
  useDigitKeys({
    onCharacter: (character) => {
      if (/\d/.test(character)) dispatch({ type: 'key', digit: character });
    },
    onDelete: () => dispatch({ type: 'delete' }),
    onEnter: () => void submit(),
  });
  const wrong = state.refused !== null || typed.look === 'wrong';
  return (
    <Screen
      name="element-entry"
      state={asks}
      title={t(`element.${asks}.title`)}
      figure={<ElementKeys asks={asks} state={state} dispatch={dispatch} />}
      actions={
        <Actions
          forward={
            <>
              <OtherMethodButton />
              <Button kind="primary" disabled={!ready} onPress={() => void submit()}>
                {t('actions.continue')}
              </Button>
            </>
          }
          out={<CancelButton />}
        />
      }
    >
      <DigitGroups
        groups={typed.groups}
        sizes={typed.sizes}
        wrong={wrong}
        spoken={`${t(`element.${asks}.name`)}，${t('element.typed', { count: state.digits.length })}`}
        hidden={state.hidden}
      />
      <p className="entry-note phrases" data-problem={wrong || undefined} role="status">
        <Phrases text={noteOf(asks, state, typed.look, words)} language={language} />
      </p>
    </Screen>
  );
}

interface ElementKeysProps {
  readonly asks: Element;
  readonly state: ElementState;
  readonly dispatch: (event: ElementEvent) => void;
}

function ElementKeys({ asks, state, dispatch }: ElementKeysProps) {
  return (
    <Keypad
      digitsOnly
      fits={() => digitFits(asks, state)}
      onKey={(digit) => dispatch({ type: 'key', digit })}
      onDelete={() => dispatch({ type: 'delete' })}
      onClear={() => dispatch({ type: 'clear' })}
    />
  );
}

/** One sentence about the digits as they stand. What is refused as a value says so in its own words. */
function noteOf(asks: Element, state: ElementState, look: ElementLook, { t, language }: Words): string {
  if (state.refused === 'request.invalid') return t('element.refused');
  if (state.refused !== null) return reasonText(state.refused, language, 'person');
  if (state.sending) return t('element.sending');
  if (look === 'wrong') return t(`element.${asks}.problem`);
  if (state.hidden) return t('entry.hidden');
  if (look === 'unsure') return t('element.bankCard.unsure');
  return look === 'right' ? t(`element.${asks}.right`) : t(`element.${asks}.lead`);
}
