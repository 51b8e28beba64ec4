import { describe, expect, it } from 'vitest';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import { shownText } from '../../../src/renderer/kiosk/screens/confirm-format.ts';
import {
  confirmAfter,
  confirmRows,
  draftText,
  draftWith,
  draftWithout,
  firstEmpty,
  isWrong,
  UNCHANGED,
  valuesOf,
  type ConfirmEvent,
  type ConfirmState,
} from '../../../src/renderer/kiosk/screens/confirm-state.ts';
import type { ConfirmField } from '../../../src/shared/ipc/document-capture.ts';

const FIELDS: readonly ConfirmField[] = [
  { field: 'name', text: '样例', doubt: 'unclear' },
  { field: 'number', text: '11010519491231002X', doubt: null },
  { field: 'nation', text: '', doubt: 'not-found' },
  { field: 'validTo', text: '', doubt: 'not-found' },
];
const after = (...events: ConfirmEvent[]): ConfirmState => events.reduce(confirmAfter, UNCHANGED);
const edited = (field: ConfirmField['field'], text: string): ConfirmState =>
  after({ type: 'edit', field, text: '' }, { type: 'save', text });

describe('the lines to confirm', () => {
  it('shows what was read with its doubts, and takes what the person changed as sure', () => {
    expect(confirmRows(FIELDS, null, edited('name', '样本').edits)).toEqual([
      { field: 'name', text: '样本', doubt: null, changed: true },
      { field: 'number', text: '11010519491231002X', doubt: null, changed: false },
      { field: 'nation', text: '', doubt: 'not-found', changed: false },
      { field: 'validTo', text: '', doubt: 'not-found', changed: false },
    ]);
  });

  it('counts a doubtful line that was looked at and saved as it was as sure, but not as changed', () => {
    const [name] = confirmRows(FIELDS, null, edited('name', '样例').edits);
    expect(name).toEqual({ field: 'name', text: '样例', doubt: null, changed: false });
  });

  it('shows what the main process finds wrong even where the person has changed it', () => {
    const rows = confirmRows(FIELDS, { field: 'name', doubt: 'form' }, edited('name', '样本').edits);
    expect(rows[0]).toEqual({ field: 'name', text: '样本', doubt: 'form', changed: true });
  });

  it('asks for the first line that is still empty; a card may name no nation', () => {
    expect(firstEmpty(confirmRows(FIELDS, null, {}))).toBe('validTo');
    expect(firstEmpty(confirmRows(FIELDS, null, edited('validTo', 'long-term').edits))).toBeNull();
  });

  it('sends every line as it is shown', () => {
    expect(valuesOf(confirmRows(FIELDS, null, edited('validTo', '2030-01-31').edits))).toEqual({
      name: '样例',
      number: '11010519491231002X',
      nation: '',
      validTo: '2030-01-31',
    });
  });

  it('forgets a draft that is not kept', () => {
    const state = after(
      { type: 'edit', field: 'name', text: '样例' },
      { type: 'draft', draft: '样' },
      { type: 'keep' },
    );
    expect(state).toEqual(UNCHANGED);
  });
});

describe('a line being changed', () => {
  const draft = (field: ConfirmField['field'], text: string): string | undefined =>
    after({ type: 'edit', field, text }).editing?.draft;

  it('begins with what can stand there', () => {
    expect([draft('birthDate', '1949-12-31'), draft('validTo', 'long-term'), draft('birthDate', '1949年')]).toEqual([
      '19491231',
      'long-term',
      '1949',
    ]);
    expect(draft('number', '110105194912310O2x')).toBe('1101051949123102');
  });

  it('takes eight digits as a date, and no ninth', () => {
    expect([draftWith('birthDate', '1949123', '1'), draftWith('birthDate', '19491231', '1')]).toEqual([
      '19491231',
      null,
    ]);
    expect([draftWith('birthDate', '1949', 'X'), draftWith('validTo', 'long-term', '2')]).toEqual([null, '2']);
    expect([draftWithout('long-term'), draftWithout('1949')]).toEqual(['', '194']);
  });

  it('knows a day that exists from one that does not', () => {
    expect([draftText('birthDate', '20240229'), draftText('birthDate', '20230229')]).toEqual(['2024-02-29', null]);
    expect([isWrong('birthDate', '20230229'), isWrong('birthDate', '2023')]).toEqual([true, false]);
    expect([draftText('validTo', 'long-term'), draftText('validFrom', 'long-term')]).toEqual(['long-term', null]);
  });

  it('saves a number only when its check character fits', () => {
    expect([draftText('number', '11010519491231002X'), draftText('number', '110105194912310021')]).toEqual([
      '11010519491231002X',
      null,
    ]);
    expect(isWrong('number', '110105194912310021')).toBe(true);
  });

  it('saves texts without spaces around them, and no name that is none', () => {
    expect([draftText('address', ' 样例路1号 '), draftText('address', ' '), draftText('nation', '')]).toEqual([
      '样例路1号',
      null,
      '',
    ]);
    expect([draftText('name', '样例'), draftText('name', '样'), draftText('name', '样例1')]).toEqual([
      '样例',
      null,
      null,
    ]);
  });
});

describe('a line as it is read', () => {
  const t = translator('zh-CN');
  it('looks as it does on the card', () => {
    expect([
      shownText('birthDate', '1985-06-05', t, 'zh-CN'),
      shownText('validFrom', '2019-05-20', t, 'zh-CN'),
      shownText('validTo', 'long-term', t, 'zh-CN'),
      shownText('sex', 'female', t, 'zh-CN'),
      shownText('number', '11010519491231002X', t, 'zh-CN'),
    ]).toEqual(['1985 年 6 月 5 日', '2019.05.20', '长期', '女', '110105 19491231 002X']);
  });

  it('leaves what has not its form as it was read', () => {
    expect([shownText('sex', '里', t, 'zh-CN'), shownText('birthDate', '1985-6', t, 'zh-CN')]).toEqual([
      '里',
      '1985-6',
    ]);
    expect(shownText('number', '1101O5', t, 'zh-CN')).toBe('1101O5');
  });
});
