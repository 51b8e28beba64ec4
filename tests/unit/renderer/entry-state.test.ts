import { describe, expect, it } from 'vitest';
import {
  EMPTY_ENTRY,
  keyFits,
  entryAfter,
  type EntryEvent,
  type EntryState,
} from '../../../src/renderer/kiosk/screens/entry-state.ts';

const NUMBER = '11010519491231002X';
const today = '2026-11-21';
const keys = (text: string): EntryEvent[] => [...text].map((character) => ({ type: 'key', character }));
const after = (events: readonly EntryEvent[], from: EntryState = EMPTY_ENTRY): EntryState =>
  events.reduce(entryAfter, from);

describe('typing name and number', () => {
  it('goes on to the name only with a number that is right', () => {
    expect(after([...keys(NUMBER), { type: 'go-on', today }])).toMatchObject({ asks: 'name', number: NUMBER });
    expect(after([...keys(NUMBER.slice(0, -1)), { type: 'go-on', today }]).asks).toBe('number');
    expect(after([...keys(`${NUMBER.slice(0, -1)}1`), { type: 'go-on', today }]).asks).toBe('number');
  });

  it('deletes, clears and ignores keys that can not come', () => {
    expect(after([...keys('12A3'), { type: 'delete' }]).number).toBe('12');
    expect(after([...keys('123'), { type: 'clear' }])).toEqual(EMPTY_ENTRY);
  });

  it('shows letters until the third of them', () => {
    const two = after([{ type: 'pad', letters: true }, ...keys('US')]);
    expect(two).toMatchObject({ number: 'US', letters: true });
    expect(after(keys('A'), two)).toMatchObject({ number: 'USA', letters: false });
    expect(after([...keys('A'), { type: 'delete' }, { type: 'pad', letters: true }], two)).toMatchObject({
      number: 'US',
      letters: true,
    });
  });

  it('takes the X among the digits for a check character only', () => {
    const fits = (state: EntryState) => keyFits(state, 'X');
    expect([fits(EMPTY_ENTRY), fits({ ...EMPTY_ENTRY, letters: true })]).toEqual([false, true]);
    expect([fits(after(keys(NUMBER.slice(0, 17)))), fits(after(keys(NUMBER)))]).toEqual([true, false]);
  });

  it('covers a number that stands there, and shows it with the next key', () => {
    expect(after([{ type: 'hide' }]).hidden).toBe(false);
    const hidden = after([...keys('110'), { type: 'hide' }]);
    expect(hidden).toMatchObject({ number: '110', hidden: true });
    expect(after(keys('1'), hidden)).toMatchObject({ number: '1101', hidden: false });
    expect(after(keys('-'), hidden)).toMatchObject({ number: '110', hidden: false });
  });

  it('comes back to the field that was refused, and forgets it with the next key', () => {
    const sent = after([...keys(NUMBER), { type: 'go-on', today }, { type: 'name', name: '样例' }]);
    const refused = after([{ type: 'refused', field: 'number' }], sent);
    expect(refused).toMatchObject({ asks: 'number', refused: true, number: NUMBER, name: '样例' });
    expect(after([{ type: 'delete' }], refused).refused).toBe(false);
    expect(after([{ type: 'back' }], sent)).toMatchObject({ asks: 'number', number: NUMBER });
  });
});
