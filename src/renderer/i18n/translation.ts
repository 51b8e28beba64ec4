import { icuWords, type FillText, type NamesOf } from './icu-words.ts';
import { kioskEn } from './kiosk-words-en.ts';
import { kioskZhCnElder } from './kiosk-words-zh-cn-elder.ts';
import { kioskZhCn } from './kiosk-words-zh-cn.ts';

/** The dotted name of a text. */
export type WordKey = NamesOf<typeof kioskZhCn>;
export type Translate = FillText<WordKey>;

/** A language, or the simpler words of one. */
export type Wording = 'zh-CN' | 'zh-CN-x-elder' | 'en';

/** The kiosk's words in one language. */
export const translator = icuWords<Wording, WordKey>({
  'zh-CN': kioskZhCn,
  'zh-CN-x-elder': kioskZhCnElder,
  en: kioskEn,
});

/** The words for whoever has asked for large text, where the language has simpler ones. */
export function wordingFor(language: 'zh-CN' | 'en', elder: boolean): Wording {
  return elder && language === 'zh-CN' ? 'zh-CN-x-elder' : language;
}
