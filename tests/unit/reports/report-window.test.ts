import { describe, expect, it } from 'vitest';
import { addDays, daysIn, lastDays, reportWindow } from '../../../src/shared/domain/report-window.ts';

const LAST = '2026-11-21';
const ask = (from: string, to: string, keep: 'from' | 'to' = 'to') => reportWindow({ from, to, keep }, LAST);

describe('the span of a report', () => {
  it('is counted by hours where it is one day, and by days otherwise', () => {
    expect(ask(LAST, LAST)).toEqual({ ok: true, value: { from: LAST, to: LAST, unit: 'hour', moved: null } });
    expect(ask('2026-11-20', LAST)).toMatchObject({ value: { unit: 'day', moved: null } });
  });

  it('takes 90 days as they are and cuts the 91st at the end that was not chosen last', () => {
    const first = addDays(LAST, -89);
    expect(ask(first, LAST)).toMatchObject({ value: { from: first, to: LAST, moved: null } });
    expect(daysIn({ from: first, to: LAST })).toHaveLength(90);
    expect(ask(addDays(LAST, -90), LAST)).toMatchObject({ value: { from: first, to: LAST, moved: 'from' } });
    expect(ask('2025-01-01', LAST, 'from')).toEqual({
      ok: true,
      value: { from: '2025-01-01', to: '2025-03-31', unit: 'day', moved: 'to' },
    });
  });

  it.each([
    ['', LAST, 'from', 'not-a-day'],
    ['2026-02-29', LAST, 'from', 'not-a-day'],
    [LAST, '2026-13-01', 'to', 'not-a-day'],
    ['2026-11-22', '2026-11-23', 'from', 'in-future'],
    [LAST, '2026-11-22', 'to', 'in-future'],
    ['2026-11-20', '2026-11-19', 'to', 'before-from'],
  ])('names what is wrong with %j to %j', (from, to, field, why) => {
    expect(ask(from, to)).toEqual({ ok: false, error: { field, why } });
  });

  it('counts back over months and years', () => {
    expect(lastDays('2026-01-03', 7)).toEqual({ from: '2025-12-28', to: '2026-01-03' });
    expect(daysIn({ from: '2024-02-28', to: '2024-03-01' })).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
  });
});
