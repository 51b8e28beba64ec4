import refusalsEn from '../../resources/locales/en/service-refusals.json' with { type: 'json' };
import refusalsZhCn from '../../resources/locales/zh-CN/service-refusals.json' with { type: 'json' };
import type { ServiceRefusal, ServiceRefusalCode } from './domain/service-refusal.ts';
import type { Language } from './reason-texts.ts';

export const SERVICE_REFUSAL_TEXTS: Readonly<Record<Language, Readonly<Record<ServiceRefusalCode, string>>>> = {
  'zh-CN': refusalsZhCn,
  en: refusalsEn,
};

/** Why a verifier can't serve it, in one sentence for whoever configures. */
export function serviceRefusalText({ code, ...named }: ServiceRefusal, language: Language): string {
  return Object.entries(named).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, value),
    SERVICE_REFUSAL_TEXTS[language][code],
  );
}
