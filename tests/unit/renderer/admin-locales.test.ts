import { describe, expect, it } from 'vitest';
import { en } from '../../../src/renderer/admin/locales/en.ts';
import { zhCN } from '../../../src/renderer/admin/locales/zh-CN.ts';
import { translator, type WordKey } from '../../../src/renderer/admin/translation.ts';

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : leaves(value, `${prefix}${key}.`),
  );
}

function blanks(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();
}

const chinese = new Map(leaves(zhCN));
const english = new Map(leaves(en));

describe('the words of the admin window', () => {
  it('are the same keys in both languages', () => {
    expect([...english.keys()]).toEqual([...chinese.keys()]);
    expect(chinese.size).toBeGreaterThan(200);
  });

  it('have the same blanks to fill in both languages', () => {
    const differing = [...chinese].filter(
      ([key, text]) => blanks(text).join() !== blanks(english.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('leave nothing untranslated', () => {
    const untranslated = [...english].filter(([, text]) => /[\p{Script=Han}]/u.test(text));
    expect(untranslated).toEqual([]);
    const latinOnly = [...chinese]
      .filter(([, text]) => /\p{L}/u.test(text) && !/[\p{Script=Han}]/u.test(text))
      .map(([key]) => key);
    expect(latinOnly).toEqual(['app.name', 'gate.pin']);
  });

  it('fills blanks and escapes nothing', () => {
    expect(translator('en')('records.range', { first: '1', last: '20', total: '<312>' })).toBe('1–20 of <312>');
    expect(translator('zh-CN')('gate.problem.wrong', { n: 3 })).toBe('PIN 不正确，还可以试 3 次');
  });

  it('resolves every key to its own text', () => {
    const t = translator('zh-CN');
    const wrong = [...chinese].filter(([key, text]) => blanks(text).length === 0 && t(key as WordKey) !== text);
    expect(wrong).toEqual([]);
  });
});
