import type { Language } from '../../shared/reason-texts.ts';
import { fewWords } from '../i18n/few-words.ts';
import type { FillText, NamesOf } from '../i18n/icu-words.ts';
import { staffEn } from '../i18n/staff-words-en.ts';
import { staffZhCn } from '../i18n/staff-words-zh-cn.ts';

export type StaffWordKey = NamesOf<typeof staffZhCn>;
export type StaffTranslate = FillText<StaffWordKey>;

/** Translates into one language, without React. */
export const staffTranslator = fewWords<Language, StaffWordKey>({ 'zh-CN': staffZhCn, en: staffEn });
