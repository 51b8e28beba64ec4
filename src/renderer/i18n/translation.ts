import { createInstance } from 'i18next';
import type { Language } from '../../shared/reason-texts.ts';
import { kioskEn } from './kiosk-en.ts';
import { kioskZhCn } from './kiosk-zh-cn.ts';

type PluralSuffix = '_one' | '_other';
type Key<K extends string> = K extends `${infer Base}${PluralSuffix}` ? Base : K;
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Key<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** The dotted name of a text; plural forms count as one. */
export type WordKey = Leaves<typeof kioskZhCn>;
export type Translate = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

const words = createInstance({
  ns: ['kiosk'],
  defaultNS: 'kiosk',
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { 'zh-CN': { kiosk: kioskZhCn }, en: { kiosk: kioskEn } },
});
void words.init();

/** The kiosk's words in one language. */
export function translator(language: Language): Translate {
  const fixed = words.getFixedT(language, 'kiosk');
  return (key, values) => fixed(key, { ...values });
}
