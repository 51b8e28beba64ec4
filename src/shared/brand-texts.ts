import attractEn from '../../resources/locales/en/kiosk/attract.json' with { type: 'json' };
import guideEn from '../../resources/locales/en/kiosk/guide.json' with { type: 'json' };
import maintenanceEn from '../../resources/locales/en/kiosk/maintenance.json' with { type: 'json' };
import otherMethodEn from '../../resources/locales/en/kiosk/other-method.json' with { type: 'json' };
import resultEn from '../../resources/locales/en/kiosk/result.json' with { type: 'json' };
import attractZh from '../../resources/locales/zh-CN/kiosk/attract.json' with { type: 'json' };
import guideZh from '../../resources/locales/zh-CN/kiosk/guide.json' with { type: 'json' };
import maintenanceZh from '../../resources/locales/zh-CN/kiosk/maintenance.json' with { type: 'json' };
import otherMethodZh from '../../resources/locales/zh-CN/kiosk/other-method.json' with { type: 'json' };
import resultZh from '../../resources/locales/zh-CN/kiosk/result.json' with { type: 'json' };

/** The product's own words for what a customer may say in words of their own. Consents and notices are not among them. */
export const OWN_TEXTS = {
  'attract.title': { 'zh-CN': attractZh.title, en: attractEn.title },
  'attract.lead': { 'zh-CN': attractZh.lead, en: attractEn.lead },
  'guide.title': { 'zh-CN': guideZh.title, en: guideEn.title },
  'guide.lead': { 'zh-CN': guideZh.lead, en: guideEn.lead },
  'otherMethod.title': { 'zh-CN': otherMethodZh.title, en: otherMethodEn.title },
  'otherMethod.lead': { 'zh-CN': otherMethodZh.lead, en: otherMethodEn.lead },
  'maintenance.title': { 'zh-CN': maintenanceZh.title, en: maintenanceEn.title },
  'maintenance.lead': { 'zh-CN': maintenanceZh.lead, en: maintenanceEn.lead },
  'result.passedNext': { 'zh-CN': resultZh.passedNext, en: resultEn.passedNext },
  'result.passedNextPlain': { 'zh-CN': resultZh.passedNextPlain, en: resultEn.passedNextPlain },
} as const;
export type OwnTextName = keyof typeof OWN_TEXTS;
export const OWN_TEXT_NAMES = Object.keys(OWN_TEXTS) as readonly OwnTextName[];

/** Every screen is proven to hold words that are this much longer than its own. */
const LONGER_BY = 0.4;
/** A Chinese character takes the place of two Latin letters. */
const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/u;

function isOwnTextName(name: string): name is OwnTextName {
  return Object.hasOwn(OWN_TEXTS, name);
}

function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (WIDE.test(letter) ? 2 : 1), 0);
}

/** The most that a text may take, in Latin letters; a Chinese character counts two. */
export function ownTextRoom(name: OwnTextName, language: 'zh-CN' | 'en'): number {
  return Math.floor(widthOf(OWN_TEXTS[name][language]) * (1 + LONGER_BY)) + 2;
}

/** What is wrong with a text: nobody knows its name, it is too long for its place, or it isn't one line of words. */
export function ownTextProblem(
  name: string,
  language: 'zh-CN' | 'en',
  text: string,
): 'unknown' | 'long' | 'signs' | null {
  if (!isOwnTextName(name)) return 'unknown';
  if (text.trim() === '' || /[{}<>\p{Cc}]/u.test(text)) return 'signs';
  return widthOf(text) > ownTextRoom(name, language) ? 'long' : null;
}
