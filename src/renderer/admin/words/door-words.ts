import appEn from '../../../../resources/locales/en/admin/app.json' with { type: 'json' };
import appZhCn from '../../../../resources/locales/zh-CN/admin/app.json' with { type: 'json' };
import type { Language } from '../../../shared/reason-texts.ts';
import { fewWords } from '../../i18n/few-words.ts';
import type { NamesOf } from '../../i18n/icu-words.ts';

/** The few words around the door: all others are loaded once somebody has come in. */
export const doorTranslator = fewWords<Language, `app.${NamesOf<typeof appZhCn>}`>({
  'zh-CN': { app: appZhCn },
  en: { app: appEn },
});
