import { describe, expect, it } from 'vitest';
import { translator } from '../../../src/renderer/admin/translation.ts';

describe('the words of the admin window', () => {
  it('fills blanks and escapes nothing', () => {
    expect(translator('en')('records.range', { first: '1', last: '20', total: '<312>' })).toBe('1–20 of <312>');
    expect(translator('zh-CN')('staff.removeTitle', { name: '<b>' })).toBe('移除 <b>？');
  });
});
