import type { FillText, Words } from './icu-words.ts';

type Values = Readonly<Record<string, string | number>>;

const PLURAL = /^\s*(\w+)\s*,\s*plural\s*,(.*)$/su;

/** Where the bracket that opens at `from` closes. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw new Error('a bracket of a text is left open');
}

/** The form of a plural that is said of `count`: its exact number before its category (CLDR). */
function pluralForm(forms: string, count: number, language: string): string {
  const found = new Map<string, string>();
  for (let at = forms.indexOf('{'), from = 0; at !== -1; at = forms.indexOf('{', from)) {
    const end = closing(forms, at);
    found.set(forms.slice(from, at).trim(), forms.slice(at + 1, end));
    from = end + 1;
  }
  const category = new Intl.PluralRules(language).select(count);
  const form = found.get(`=${count}`) ?? found.get(category) ?? found.get('other') ?? '';
  return form.replaceAll('#', () => new Intl.NumberFormat(language).format(count));
}

/** One ICU message filled: blanks and plurals. */
function filled(text: string, values: Values, language: string): string {
  const at = text.indexOf('{');
  if (at === -1) return text;
  const end = closing(text, at);
  const inside = text.slice(at + 1, end);
  const plural = PLURAL.exec(inside);
  const said = plural
    ? filled(pluralForm(plural[2] ?? '', Number(values[plural[1] ?? '']), language), values, language)
    : String(values[inside.trim()]);
  return text.slice(0, at) + said + filled(text.slice(end + 1), values, language);
}

function textOf(words: Words, name: string): string | undefined {
  let found: string | Words | undefined = words;
  for (const part of name.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/**
 * Languages by their tag, for the few words that have to be there before all others: blanks and plurals of ICU
 * messages, without the library for all of ICU, which takes longer to start than those words take to be drawn.
 */
export function fewWords<Language extends string, Name extends string>(
  languages: Readonly<Record<Language, Words>>,
): (language: Language) => FillText<Name> {
  return (language) => (name, values) => {
    const text = textOf(languages[language], name);
    return text === undefined ? name : filled(text, values ?? {}, language);
  };
}
