import { createInstance } from 'i18next';
import type { Language } from '../../shared/reason-texts.ts';
import { en } from './locales/en.ts';
import { zhCN } from './locales/zh-CN.ts';

export type { Language };
export const LANGUAGES = ['zh-CN', 'en'] as const satisfies readonly Language[];

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];
export type WordKey = Leaves<typeof zhCN>;
export type WordValues = Readonly<Record<string, string | number>>;
export type Translate = (key: WordKey, values?: WordValues) => string;

/** What a text needs to be made: the words and the language of numbers and reasons. */
export interface Speech {
  readonly t: Translate;
  readonly language: Language;
}

const words = createInstance({
  ns: ['admin'],
  defaultNS: 'admin',
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { 'zh-CN': { admin: zhCN }, en: { admin: en } },
});
void words.init();

/** Translates into one language, without React. */
export function translator(language: Language): Translate {
  const fixed = words.getFixedT(language, 'admin');
  return (key, values) => fixed(key, { ...values });
}
