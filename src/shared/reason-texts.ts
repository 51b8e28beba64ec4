import nextStepsEn from '../../resources/locales/en/next-steps.json' with { type: 'json' };
import reasonsEn from '../../resources/locales/en/reasons.json' with { type: 'json' };
import nextStepsZhCn from '../../resources/locales/zh-CN/next-steps.json' with { type: 'json' };
import reasonsZhCn from '../../resources/locales/zh-CN/reasons.json' with { type: 'json' };
import type { NextStep, ReasonCode } from './reasons.ts';

export type Language = 'zh-CN' | 'en';
/** `person`: on the public screen, calm and without blame. `clerk`: for staff, precise. */
export type Audience = 'person' | 'clerk';
type Sentences = Readonly<Record<Audience, string>>;

const REASON_TEXTS: Readonly<Record<Language, Readonly<Record<ReasonCode, Sentences>>>> = {
  'zh-CN': reasonsZhCn,
  en: reasonsEn,
};

const NEXT_STEP_TEXTS: Readonly<Record<Language, Readonly<Record<NextStep, Sentences>>>> = {
  'zh-CN': nextStepsZhCn,
  en: nextStepsEn,
};

/** One sentence about what happened. */
export function reasonText(code: ReasonCode, language: Language, audience: Audience): string {
  return REASON_TEXTS[language][code][audience];
}

/** One sentence about what to do next; empty where there is nothing to do for a person. */
export function nextStepText(step: NextStep, language: Language, audience: Audience): string {
  return NEXT_STEP_TEXTS[language][step][audience];
}
