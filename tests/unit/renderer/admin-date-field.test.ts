import { describe, expect, it } from 'vitest';
import { momentText, readDay, readMoment, type SpanEnd } from '../../../src/renderer/admin/parts/typed-day.ts';
import { checkDays } from '../../../src/renderer/admin/report/report-days.ts';
import { dayByKey, monthsAfter, weeksOf, within } from '../../../src/renderer/ui/month-days.ts';

describe('a typed day', () => {
  it.each([
    ['2026-11-05', '2026-11-05'],
    [' 2026-11-5 ', '2026-11-05'],
    ['2026/1/5', '2026-01-05'],
    ['2026.11.05', '2026-11-05'],
    ['20261105', '2026-11-05'],
    ['2026年11月5日', '2026-11-05'],
    ['２０２６－１１－０５', '2026-11-05'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is read', (text, day) => expect(readDay(text)).toBe(day));

  it.each([
    '',
    '11/05/2026',
    '2026-13-01',
    '2026-02-29',
    '2026-11',
    '0000-01-01',
    '2026-11-05 14:30',
    '=2026-11-05',
    'x',
  ])('%s is none', (text) => expect(readDay(text)).toBeNull());

  it('is judged as main does once it is read', () => {
    const asked = { from: '2026/11/1', to: '2026年11月7日', keep: 'to' } as const;
    expect(checkDays(asked, '2026-11-21')).toEqual({
      ok: true,
      window: { from: '2026-11-01', to: '2026-11-07', unit: 'day', moved: null },
    });
    expect(checkDays({ ...asked, from: 'yesterday' }, '2026-11-21')).toEqual({
      ok: false,
      problems: { from: { key: 'date.problem.day' } },
    });
  });
});

describe('a typed moment', () => {
  const local = (text: string): number => new Date(text).getTime();

  it('is the whole day without a time', () => {
    expect(readMoment('2026-11-05', 'from')).toBe(local('2026-11-05T00:00'));
    expect(readMoment('2026-11-05', 'to')).toBe(local('2026-11-06T00:00'));
  });

  it('takes a time', () => {
    expect(readMoment('2026/11/5 9:05', 'from')).toBe(local('2026-11-05T09:05'));
    expect(readMoment('2026-11-05T14:30', 'to')).toBe(local('2026-11-05T14:30'));
    expect(readMoment('2026-11-05　14：30', 'to')).toBe(local('2026-11-05T14:30'));
  });

  it.each(['2026-11-05 24:00', '2026-11-05 12:60', '2026-11-05 noon', '12:00', '', '1969-01-01'])(
    '%s is none',
    (text) => expect(readMoment(text, 'from')).toBeNull(),
  );

  it.each([
    ['2026-11-05', 'from'],
    ['2026-11-05', 'to'],
    ['2026-11-05 14:30', 'from'],
    ['2026-11-05 14:30', 'to'],
  ] satisfies [string, SpanEnd][])('%s as %s is written as it was typed', (text, end) =>
    expect(momentText(readMoment(text, end), end)).toBe(text),
  );
});

describe('the calendar', () => {
  it('begins its weeks on Monday and leaves the places of other months empty', () => {
    const weeks = weeksOf('2026-11-21');
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks[5]).toEqual(['2026-11-30', null, null, null, null, null, null]);
    expect(weeksOf('2024-02-10').flat().filter(Boolean)).toHaveLength(29);
  });

  it('is walked through by keys', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'x'];
    expect(keys.map((key) => dayByKey(key, '2026-03-31'))).toEqual([
      '2026-03-30',
      '2026-04-01',
      '2026-03-24',
      '2026-04-07',
      '2026-02-28',
      '2026-04-30',
      '2026-03-30',
      '2026-04-05',
      null,
    ]);
  });

  it('ends where four digits of a year do, and at its limits', () => {
    expect(dayByKey('ArrowRight', '9999-12-31')).toBeNull();
    expect(monthsAfter('0001-01-31', -1)).toBeNull();
    expect(within('2026-11-30', { max: '2026-11-21' })).toBe('2026-11-21');
    expect(within('2026-11-01', { min: '2026-11-05', max: '2026-11-21' })).toBe('2026-11-05');
  });
});
