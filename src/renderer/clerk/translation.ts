import type { Language } from '../../shared/reason-texts.ts';
import { icuWords, type FillText, type NamesOf } from '../i18n/icu-words.ts';
import { clerkEn } from './words/clerk-words-en.ts';
import { clerkZhCn } from './words/clerk-words-zh-cn.ts';

export type { Language };
export const LANGUAGES = ['zh-CN', 'en'] as const satisfies readonly Language[];

export type WordKey = NamesOf<typeof clerkZhCn>;
export type Translate = FillText<WordKey>;

/** Translates into one language, without React. */
export const translator = icuWords<Language, WordKey>({ 'zh-CN': clerkZhCn, en: clerkEn });
