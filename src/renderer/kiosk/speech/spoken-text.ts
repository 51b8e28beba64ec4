import type { KioskView } from '../../../shared/ipc/kiosk.ts';
import { nextStepText, reasonText, type Language } from '../../../shared/reason-texts.ts';
import type { Translate } from '../../i18n/translation.ts';
import { retentionText } from '../screens/retention-text.ts';

/** What the voice says on a screen: the sentences that stand on it, in their order. */
export function spokenText(view: KioskView, t: Translate): string {
  return joinSentences(sentencesOf(view, t), view.language);
}

/** Sentences as running text, each with its full stop. */
export function joinSentences(sentences: readonly string[], language: Language): string {
  const stop = language === 'en' ? '.' : '。';
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[。！？.!?]$/.test(sentence) ? sentence : sentence + stop))
    .join(language === 'en' ? ' ' : '');
}

/** Everything that a consent is about. */
export function consentSentences(
  { purpose, retentionDays }: { readonly purpose: string; readonly retentionDays: number },
  t: Translate,
): string[] {
  return [
    t('consent.title'),
    purpose,
    t('consent.capture'),
    t('consent.captureDetail'),
    t('consent.transmit'),
    t('consent.transmitDetail'),
    retentionText(retentionDays, t),
    t('consent.choice'),
  ];
}

function sentencesOf(view: KioskView, t: Translate): string[] {
  switch (view.screen) {
    case 'attract':
      return [t('attract.title'), t('attract.lead')];
    case 'guide':
      return [t('guide.title'), t('guide.card'), t('guide.face'), t('guide.done'), t('guide.lead')];
    case 'consent':
      return consentSentences(view, t);
    case 'card':
      return cardSentences(view, t);
    case 'position':
      return view.hint
        ? [t(`hints.${view.hint}`)]
        : [t('position.title'), t('position.safety'), t('position.safetyOther')];
    case 'light':
      return [t('light.hint')];
    case 'challenge':
      return [];
    case 'deciding':
      return [t('deciding.title')];
    case 'result':
      return resultSentences(view.result, view.language, t);
    case 'other-method':
      return [t('otherMethod.title'), t('otherMethod.lead')];
    case 'maintenance':
      return [t('maintenance.title'), t('maintenance.lead')];
  }
}

function cardSentences(view: Extract<KioskView, { screen: 'card' }>, t: Translate): string[] {
  if (view.phase !== 'searching') return [t(`card.${view.phase}`)];
  return view.problem ? [reasonText(view.problem, view.language, 'person')] : [t('card.title'), t('card.lead')];
}

function resultSentences(
  result: Extract<KioskView, { screen: 'result' }>['result'],
  language: Language,
  t: Translate,
): string[] {
  if (result.state === 'passed') return [t('result.passed'), t('result.passedNext')];
  return [
    t(`result.${result.state}`),
    reasonText(result.reason, language, 'person'),
    nextStepText(result.next, language, 'person'),
  ];
}
