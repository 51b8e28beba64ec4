import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { fewWords } from '../../../src/renderer/i18n/few-words.ts';
import { textsOf, wordFiles } from '../../support/word-files.ts';

const BEFORE_ALL_OTHERS = ['admin/app.json', 'staff/door.json', 'staff/secret.json', 'staff/role.json'];
const COUNTS = [0, 1, 2, 5, 1000];

function textsBefore(language: 'zh-CN' | 'en'): readonly (readonly [string, string])[] {
  const files = wordFiles(language);
  return BEFORE_ALL_OTHERS.flatMap((file) =>
    textsOf(files.get(file)!).map(([names, text]) => [`${file} ${names.join('.')}`, text] as const),
  );
}

describe('the few words before all others', () => {
  it.each(['zh-CN', 'en'] as const)('say in %s what the library for all of ICU says', (language) => {
    const texts = textsBefore(language);
    expect(texts.length).toBeGreaterThan(60);
    const valuesOf = (n: number) => ({ n, name: "O'{n} <b> 王", left: '4:59', theme: 'a', key: '1' });
    const said = texts.flatMap(([name, text]) =>
      COUNTS.map((n) => [
        name,
        fewWords<'en' | 'zh-CN', 'text'>({ en: { text }, 'zh-CN': { text } })(language)('text', valuesOf(n)),
      ]),
    );
    const expected = texts.flatMap(([name, text]) =>
      COUNTS.map((n) => [name, new IntlMessageFormat(text, language).format(valuesOf(n))]),
    );
    expect(said).toEqual(expected);
  });

  it.each([
    ['{n, plural, =0 {none} one {# try} other {# tries by {name}}}.', 0],
    ['{n, plural, =0 {none} one {# try} other {# tries by {name}}}.', 1],
    ['{n, plural, =0 {none} one {# try} other {# tries by {name}}}.', 4321],
  ])('fill %j for %d', (text, n) => {
    const t = fewWords<'en', 'text'>({ en: { text } })('en');
    expect(t('text', { n, name: 'A' })).toBe(new IntlMessageFormat(text, 'en').format({ n, name: 'A' }));
  });

  it('never put a value in as a message', () => {
    const t = fewWords<'en', 'text'>({ en: { text: 'as {name}' } })('en');
    expect(t('text', { name: '{n, plural, other {x}}' })).toBe('as {n, plural, other {x}}');
  });

  it('give a name that has no text back', () => {
    expect(fewWords<'en', 'a.b'>({ en: { a: 'x' } })('en')('a.b')).toBe('a.b');
  });
});
