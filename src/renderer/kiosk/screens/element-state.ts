import { BANK_CARD_DIGITS, parseBankCardNumber } from '../../../shared/domain/bank-card.ts';
import type { FailureCode } from '../../../shared/reasons.ts';

/** What is typed beside name and number. */
export type Element = 'phone' | 'bankCard';

/** What is typed in so far. It lives in the screen alone and goes with it. */
export interface ElementState {
  readonly digits: string;
  /** The digits are covered because nobody has typed for a while. */
  readonly hidden: boolean;
  /** They are on their way to the main process. */
  readonly sending: boolean;
  /** Why the main process refused them; until the next key. */
  readonly refused: FailureCode | null;
}

export type ElementEvent =
  | { readonly type: 'key'; readonly digit: string }
  | { readonly type: 'delete' }
  | { readonly type: 'clear' }
  | { readonly type: 'hide' }
  | { readonly type: 'sent' }
  | { readonly type: 'refused'; readonly code: FailureCode };

export const EMPTY_ELEMENT: ElementState = { digits: '', hidden: false, sending: false, refused: null };

/** Digits of a mobile number of the mainland (China's E.164 numbering plan: 1, an operator's digit, nine more). */
const PHONE_DIGITS = 11;
const PHONE_GROUPS = [3, 4, 4] as const;
const BANK_CARD_GROUPS = [4, 4, 4, 4, 3] as const;
/** Fewer digits than this are on hardly any card of the mainland, so nobody is told that they may be complete. */
const USUAL_BANK_CARD_DIGITS = 16;

const MOST = { phone: PHONE_DIGITS, bankCard: BANK_CARD_DIGITS.most } as const;

/** Whether another digit can come. */
export function digitFits(asks: Element, { digits, sending }: ElementState): boolean {
  return !sending && digits.length < MOST[asks];
}

/** How the digits stand: `wrong` can't become right any more, `unsure` may be incomplete or mistyped. */
export type ElementLook = 'empty' | 'typing' | 'unsure' | 'wrong' | 'right';

export interface TypedElement {
  readonly look: ElementLook;
  /** Whether they may be sent. */
  readonly complete: boolean;
  readonly groups: readonly string[];
  readonly sizes: readonly number[];
}

/** Looks at digits while they are typed; a part is judged as soon as it is whole, and not before. */
export function lookAtElement(asks: Element, digits: string): TypedElement {
  const sizes = asks === 'phone' ? PHONE_GROUPS : BANK_CARD_GROUPS;
  const groups = groupsOf(digits, sizes);
  if (digits === '') return { look: 'empty', complete: false, groups, sizes };
  return { ...(asks === 'phone' ? phoneLook(digits) : bankCardLook(digits)), groups, sizes };
}

type Look = Pick<TypedElement, 'look' | 'complete'>;

function phoneLook(digits: string): Look {
  if (!/^1(?:$|[3-9])/.test(digits)) return { look: 'wrong', complete: false };
  const complete = digits.length === PHONE_DIGITS;
  return { look: complete ? 'right' : 'typing', complete };
}

function bankCardLook(digits: string): Look {
  const complete = parseBankCardNumber(digits).ok;
  if (digits.length < USUAL_BANK_CARD_DIGITS) return { look: 'typing', complete };
  if (complete) return { look: 'right', complete };
  return { look: digits.length === BANK_CARD_DIGITS.most ? 'wrong' : 'unsure', complete };
}

function groupsOf(digits: string, sizes: readonly number[]): readonly string[] {
  let at = 0;
  return sizes.map((size) => digits.slice(at, (at += size)));
}

export function elementAfter(state: ElementState, event: ElementEvent, asks: Element): ElementState {
  if (state.sending && event.type !== 'refused' && event.type !== 'hide') return state;
  switch (event.type) {
    case 'key':
      return digitFits(asks, state)
        ? { ...EMPTY_ELEMENT, digits: state.digits + event.digit }
        : { ...state, hidden: false };
    case 'delete':
      return { ...EMPTY_ELEMENT, digits: state.digits.slice(0, -1) };
    case 'clear':
      return EMPTY_ELEMENT;
    case 'hide':
      return state.digits === '' ? state : { ...state, hidden: true };
    case 'sent':
      return { ...state, sending: true, refused: null };
    case 'refused':
      return { ...state, sending: false, refused: event.code };
  }
}
