import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { textsOf, wordFiles } from '../../support/word-files.ts';

const SOURCES = path.resolve(import.meta.dirname, '../../../src');
/** Names of the product and of things that are the same in every language. */
const SAME_EVERYWHERE = new Set([
  'admin/app.json name',
  'admin/app.json chinese',
  'clerk/app.json language',
  'admin/app.json english',
  'admin/app.json keys',
  'kiosk/entry.json toLetters',
  'kiosk/top.json english',
  'kiosk/top.json chinese',
]);

/** The kind of part that is put in as it is. */
const ARGUMENT: number = 1;

const chinese = wordFiles('zh-CN');
const english = wordFiles('en');

function flat(files: typeof chinese): ReadonlyMap<string, string> {
  return new Map(
    [...files].flatMap(([file, tree]) => textsOf(tree).map(([names, text]) => [`${file} ${names.join('.')}`, text])),
  );
}
const zh = flat(chinese);
const en = flat(english);

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The names of what a message puts in as it is; what only chooses a plural form is not said in every language. */
function blanks(text: string): string {
  const namesIn = (parts: readonly Part[]): readonly string[] =>
    parts.flatMap((part) => {
      if ('options' in part) return Object.values(part.options).flatMap(({ value }) => namesIn(value));
      return Number(part.type) === ARGUMENT && 'value' in part ? [part.value] : [];
    });
  return [...new Set(namesIn(new IntlMessageFormat(text, 'en').getAst()))].toSorted().join();
}

function codeUnder(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

describe('the files of words', () => {
  it('hold the same texts in Chinese and in English', () => {
    expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted());
    expect(zh.size).toBeGreaterThan(1500);
  });

  it('leave nothing untranslated', () => {
    const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
    expect([...en].filter(([key, text]) => isChinese(text) && !SAME_EVERYWHERE.has(key))).toEqual([]);
    const latin = [...zh].filter(([, text]) => /\p{L}/u.test(text.replace(/\{\w+\}/g, '')) && !isChinese(text));
    expect(latin.map(([key]) => key).filter((key) => !SAME_EVERYWHERE.has(key))).toEqual([]);
  });

  it.each([
    ['zh-CN', zh],
    ['en', en],
  ])('hold nothing in %s that is empty or no ICU message', (language, texts) => {
    const broken = [...texts].filter(([key, text]) => {
      if (text === '') return !key.startsWith('next-steps.json none.');
      try {
        return !new IntlMessageFormat(text, language);
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });

  it('are filled with the same values in both languages', () => {
    const differing = [...zh].filter(([key, text]) => blanks(text) !== blanks(en.get(key) ?? ''));
    expect(differing).toEqual([]);
  });

  it('are each taken by the program', () => {
    const code = codeUnder(SOURCES);
    const unused = [...chinese.keys()].flatMap((file) =>
      ['zh-CN', 'en'].map((language) => `resources/locales/${language}/${file}`).filter((name) => !code.includes(name)),
    );
    expect(unused).toEqual([]);
  });

  it.each([
    ['kiosk', ['renderer/kiosk', 'renderer/i18n', 'renderer/ui']],
    ['admin', ['renderer/admin', 'renderer/i18n', 'renderer/ui']],
    ['staff', ['renderer/staff', 'renderer/admin', 'renderer/clerk']],
    ['clerk', ['renderer/clerk', 'renderer/i18n', 'renderer/ui']],
  ])('hold no text of the %s window that nothing shows', (window, folders) => {
    const code = folders.map((folder) => codeUnder(path.join(SOURCES, folder))).join('\n');
    const beginnings = [...code.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/gi)].map(([, beginning]) => beginning!);
    const literals = new Set([...code.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)].map(([, name]) => name!));
    const unused = [...chinese]
      .filter(([file]) => file.startsWith(`${window}/`))
      .flatMap(([file, tree]) => {
        const group = path.basename(file, '.json').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
        return textsOf(tree).map(([names]) => [group, ...names].join('.'));
      })
      .filter((name) => !literals.has(name) && !beginnings.some((beginning) => name.startsWith(beginning)));
    expect(unused).toEqual([]);
  });
});
