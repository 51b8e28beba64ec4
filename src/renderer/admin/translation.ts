import type { Language } from '../../shared/reason-texts.ts';
import { icuWords, type FillText, type NamesOf } from '../i18n/icu-words.ts';
import { adminEn } from './words/admin-words-en.ts';
import { adminZhCn } from './words/admin-words-zh-cn.ts';

export type { Language };
export const LANGUAGES = ['zh-CN', 'en'] as const satisfies readonly Language[];

export type WordKey = NamesOf<typeof adminZhCn>;
export type WordValues = Readonly<Record<string, string | number>>;
export type Translate = FillText<WordKey>;

/** What a text needs to be made: the words and the language of numbers and reasons. */
export interface Speech {
  readonly t: Translate;
  readonly language: Language;
}

/** Translates into one language, without React. */
export const translator = icuWords<Language, WordKey>({ 'zh-CN': adminZhCn, en: adminEn });
