import { describe, expect, it } from 'vitest';
import {
  digitFits,
  elementAfter,
  EMPTY_ELEMENT,
  lookAtElement,
  type Element,
  type ElementState,
} from '../../../src/renderer/kiosk/screens/element-state.ts';

function typed(asks: Element, digits: string, from: ElementState = EMPTY_ELEMENT): ElementState {
  return [...digits].reduce((state, digit) => elementAfter(state, { type: 'key', digit }, asks), from);
}

describe('a phone number while it is typed', () => {
  const look = (digits: string) => lookAtElement('phone', digits).look;

  it('is judged as soon as a part of it is whole', () => {
    expect(['', '1', '13', '12', '2', '1380013800', '13800138000'].map(look)).toEqual([
      'empty',
      'typing',
      'typing',
      'wrong',
      'wrong',
      'typing',
      'right',
    ]);
  });

  it('stands in groups of 3, 4 and 4, and takes no twelfth digit', () => {
    const state = typed('phone', '138001380009');
    expect(state.digits).toBe('13800138000');
    expect(lookAtElement('phone', state.digits)).toMatchObject({ complete: true, groups: ['138', '0013', '8000'] });
    expect(digitFits('phone', state)).toBe(false);
  });
});

describe('the number of a bank card while it is typed', () => {
  const look = (digits: string) => {
    const { look: as, complete } = lookAtElement('bankCard', digits);
    return [as, complete];
  };

  it('may be sent once its check digit fits, and is called wrong only when it can not become right', () => {
    expect(look('622202')).toEqual(['typing', false]);
    expect(look('6222021234567894')).toEqual(['right', true]);
    expect(look('6222021234567891')).toEqual(['unsure', false]);
    expect(look('6222021234567890123')).toEqual(['wrong', false]);
    expect(look('6222021234567890128')).toEqual(['right', true]);
  });

  it('is not said to be complete before cards of the mainland are, though it may be sent', () => {
    expect(look('378282246310005')).toEqual(['typing', true]);
  });

  it('stands in groups of four', () => {
    expect(lookAtElement('bankCard', '6222021234567890128').groups).toEqual(['6222', '0212', '3456', '7890', '128']);
  });
});

describe('what happens to the digits', () => {
  const state = typed('phone', '138');

  it('takes keys back one by one or all at once', () => {
    expect(elementAfter(state, { type: 'delete' }, 'phone').digits).toBe('13');
    expect(elementAfter(state, { type: 'clear' }, 'phone')).toEqual(EMPTY_ELEMENT);
    expect(elementAfter(EMPTY_ELEMENT, { type: 'delete' }, 'phone')).toEqual(EMPTY_ELEMENT);
  });

  it('covers them, and uncovers them with the next key', () => {
    const hidden = elementAfter(state, { type: 'hide' }, 'phone');
    expect([hidden.hidden, elementAfter(EMPTY_ELEMENT, { type: 'hide' }, 'phone').hidden]).toEqual([true, false]);
    expect(typed('phone', '0', hidden)).toEqual({ ...EMPTY_ELEMENT, digits: '1380' });
  });

  it('takes no key while they are on their way, and keeps them when they are refused', () => {
    const sent = elementAfter(state, { type: 'sent' }, 'phone');
    expect(typed('phone', '0', sent)).toBe(sent);
    expect(elementAfter(sent, { type: 'clear' }, 'phone')).toBe(sent);
    const refused = elementAfter(sent, { type: 'refused', code: 'request.invalid' }, 'phone');
    expect(refused).toEqual({ digits: '138', hidden: false, sending: false, refused: 'request.invalid' });
    expect(typed('phone', '0', refused).refused).toBeNull();
  });
});
