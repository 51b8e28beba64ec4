import { createInstance } from 'i18next';
import ICU from 'i18next-icu';

/** Texts by name, in groups; each text is an ICU message. */
export interface Words {
  readonly [name: string]: string | Words;
}

/** The dotted names of all texts. */
export type NamesOf<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${NamesOf<T[K]>}` }[keyof T &
  string];

/** Fills a text; a value is put in as it is, a number is also what plural forms go by. */
export type FillText<Name extends string> = (name: Name, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Languages by their tag (BCP 47). A private variant such as `zh-CN-x-elder` holds only what it says differently: what
 * it lacks is said as in the language that it belongs to.
 */
export function icuWords<Language extends string, Name extends string>(
  languages: Readonly<Record<Language, Words>>,
): (language: Language) => FillText<Name> {
  const words = createInstance({
    ns: ['words'],
    defaultNS: 'words',
    fallbackLng: (tag?: string) => (tag?.includes('-x-') ? [tag.replace(/-x-.*$/, '')] : []),
    initAsync: false,
    resources: Object.fromEntries(Object.entries<Words>(languages).map(([tag, texts]) => [tag, { words: texts }])),
  });
  void words.use(ICU).init();
  return (language) => {
    const fixed = words.getFixedT(language, 'words');
    return (name, values) => fixed(name as string, { ...values });
  };
}
