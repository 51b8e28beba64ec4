import { describe, expect, it } from 'vitest';
import { parsePairList } from '../../../src/cli/pair-list.ts';

describe('pair list', () => {
  it('reads the columns a and b wherever they are, quoted or not', () => {
    expect(parsePairList('label,b,a\r\n1,two.png,one.png\r\n\r\n0,"c,d.png","say ""hi"".png"\r\n')).toEqual({
      ok: true,
      value: [
        { a: 'one.png', b: 'two.png' },
        { a: 'say "hi".png', b: 'c,d.png' },
      ],
    });
  });

  it.each([
    ['no header', 'one.png,two.png\n', 'the first line'],
    ['nothing', '', 'the first line'],
    ['a row without b', 'a,b\none.png\n', 'row 2'],
    ['an empty field', 'a,b\nx,y\n,two.png\n', 'row 3'],
  ])('refuses %s', (_, text, detail) => {
    const parsed = parsePairList(text);
    expect(parsed.ok ? null : parsed.error.code).toBe('request.invalid');
    expect(parsed.ok ? '' : parsed.error.detail).toContain(detail);
  });
});
