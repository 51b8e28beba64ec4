import { nextStepText, reasonText, type Language } from '../../../shared/reason-texts.ts';
import { REASONS, type ReasonCode } from '../../../shared/reasons.ts';
import type { Translate, WordKey } from '../../i18n/translation.ts';

type AdviceKey = Extract<WordKey, `document.advice.${string}`>;

/** What helps after a picture of a document that could not be used. */
const ADVICE: Readonly<Partial<Record<ReasonCode, AdviceKey>>> = {
  'document.no-card': 'document.advice.place',
  'document.several-cards': 'document.advice.one',
  'document.wrong-kind': 'document.advice.other',
  'document.not-a-card': 'document.advice.other',
  'document.border-cut': 'document.advice.place',
  'document.occluded': 'document.advice.uncover',
  'document.glare': 'document.advice.tilt',
  'document.blurred': 'document.advice.still',
  'document.too-small': 'document.advice.closer',
  'document.unreadable': 'document.advice.still',
  'mrz.malformed': 'document.advice.zone',
  'mrz.check-digit': 'document.advice.zone',
  'chip.access-denied': 'document.advice.zone',
};

/** What was wrong with the last picture, and what to do about it. */
export function pictureProblem(
  code: ReasonCode,
  t: Translate,
  language: Language,
): readonly [what: string, advice: string] {
  const what = reasonText(code, language, 'person');
  // The text for the other side is the advice itself.
  if (code === 'document.wrong-side') return [what, ''];
  const key = ADVICE[code];
  if (key) return [what, t(key)];
  const { next } = REASONS[code];
  return [what, next === 'retry' ? t('document.advice.again') : nextStepText(next, language, 'person')];
}
