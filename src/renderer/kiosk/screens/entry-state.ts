import { withCharacter, lookAtNumber } from '../../../shared/domain/typed-number.ts';

/** What is typed in so far. It lives in the screen alone and goes with it. */
export interface EntryState {
  readonly asks: 'number' | 'name';
  readonly number: string;
  readonly name: string;
  /** Letters instead of digits on the pad: a number may begin with three. */
  readonly letters: boolean;
  /** The number is covered because nobody has typed for a while. */
  readonly hidden: boolean;
  /** The main process refused what was sent; until the next key. */
  readonly refused: boolean;
}

export type EntryEvent =
  | { readonly type: 'key'; readonly character: string }
  | { readonly type: 'delete' }
  | { readonly type: 'clear' }
  | { readonly type: 'pad'; readonly letters: boolean }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'go-on'; readonly today: string }
  | { readonly type: 'back' }
  | { readonly type: 'hide' }
  | { readonly type: 'refused'; readonly field: 'number' | 'name' };

export const EMPTY_ENTRY: EntryState = {
  asks: 'number',
  number: '',
  name: '',
  letters: false,
  hidden: false,
  refused: false,
};

const COUNTRY_LETTERS = 3;
const BEFORE_CHECK_CHARACTER = 17;

/** Whether a key of the pad can come next. Among the digits an X is a check character and never a country's letter. */
export function keyFits({ number, letters }: EntryState, character: string): boolean {
  if (character === 'X' && !letters && number.length !== BEFORE_CHECK_CHARACTER) return false;
  return withCharacter(number, character) !== null;
}

export function entryAfter(state: EntryState, event: EntryEvent): EntryState {
  switch (event.type) {
    case 'key': {
      const number = withCharacter(state.number, event.character);
      return number === null ? { ...state, hidden: false } : withNumber(state, number);
    }
    case 'delete':
      return withNumber(state, state.number.slice(0, -1));
    case 'clear':
      return withNumber(state, '');
    case 'pad':
      return { ...state, letters: event.letters, hidden: false };
    case 'name':
      return { ...state, name: event.name, refused: false };
    case 'go-on':
      return lookAtNumber(state.number, event.today).valid ? { ...state, asks: 'name', refused: false } : state;
    case 'back':
      return { ...state, asks: 'number', refused: false };
    case 'hide':
      return state.number === '' ? state : { ...state, hidden: true };
    case 'refused':
      return { ...state, asks: event.field, refused: true };
  }
}

/** After the third letter the digits come by themselves. */
function withNumber(state: EntryState, number: string): EntryState {
  const isWholeCountry = /^[A-Z]{3}$/.test(number) && number.length > state.number.length;
  const letters = isWholeCountry || number.length > COUNTRY_LETTERS ? false : state.letters;
  return { ...state, number, letters, hidden: false, refused: false };
}
