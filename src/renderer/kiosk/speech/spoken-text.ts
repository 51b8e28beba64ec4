import { agreementsOf, guardianAgreementsOf, noticeOf } from '../../../shared/consent-notice.ts';
import type { ChallengeProgress, FramedChallenge } from '../../../shared/domain/challenge.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { reasonText, type Language } from '../../../shared/reason-texts.ts';
import type { Translate } from '../../i18n/translation.ts';
import { chipSentences, confirmSentences, documentNow, documentOpening } from './document-sentences.ts';
import { cardGuide, cardInstruction, cardLead } from '../card-guide.ts';
import { noticeFacts, type ConsentView } from '../notice-facts.ts';
import { challengePrompt, remarkOf } from '../screens/challenge-prompt.ts';
import { resultSentences, resultTitle } from '../screens/result-words.ts';
import { whatFollows } from '../screens/what-follows.ts';
import { holdsCard } from '../steps-done.ts';
import {
  attractSentences,
  awaitingSentences,
  guardianCardSentences,
  handOffSentences,
  methodSentences,
  withdrawalSentences,
} from './way-sentences.ts';

/** What the voice says on a screen. */
export interface SpokenText {
  /** Said once as the screen comes, to its end. */
  readonly opening: string;
  /** What holds now: the sentences on the screen in their order, or the hint or prompt of the moment. */
  readonly now: string;
}

/** While digits are to be read aloud it is silent, or the kiosk would hear itself. */
export function spokenText(view: KioskView, progress: ChallengeProgress | null, t: Translate): SpokenText {
  if (view.idleSecondsLeft !== null) return { opening: '', now: joinSentences([t('idle.spoken')], view.language) };
  const opening = openingOf(view, t);
  return {
    opening: joinSentences(opening, view.language),
    now: joinSentences(sentencesOf(view, progress, t), view.language),
  };
}

function openingOf(view: KioskView, t: Translate): readonly string[] {
  switch (view.screen) {
    case 'position':
      return positionOpening(view, t);
    case 'document-capture':
      return documentOpening(view, t);
    default:
      return [];
  }
}

function positionOpening(view: Extract<KioskView, { screen: 'position' }>, t: Translate): string[] {
  const { why, next, wayOut } = whatFollows(view, t);
  return [t('position.title'), why ?? '', next, wayOut ?? ''];
}

/** Sentences as running text, each with its full stop. */
export function joinSentences(sentences: readonly string[], language: Language): string {
  const stop = language === 'en' ? '.' : '。';
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[。！？.!?]$/.test(sentence) ? sentence : sentence + stop))
    .join(language === 'en' ? ' ' : '');
}

/** The whole notice and everything that is asked under it. */
export function consentSentences(view: ConsentView, t: Translate): string[] {
  const facts = noticeFacts(view);
  const told = noticeOf(facts, view.language).flatMap(({ title, lines }) => [title, ...lines]);
  const asked = agreementsOf(facts, view.language).flatMap(({ label, detail }) => [label, detail]);
  return [t('consent.title'), ...told, ...asked];
}

function guardianConsentSentences(view: Extract<KioskView, { screen: 'guardian-consent' }>, t: Translate): string[] {
  const asked = guardianAgreementsOf(view, view.language).flatMap(({ label, detail }) => [label, detail]);
  return [t('guardian.consent.title'), ...asked, t('guardian.consent.choice')];
}

function sentencesOf(view: KioskView, progress: ChallengeProgress | null, t: Translate): string[] {
  switch (view.screen) {
    case 'attract':
      return attractSentences(view, t);
    case 'guide':
      return [t('guide.title'), t('guide.card'), t('guide.face'), t('guide.done'), t('guide.lead')];
    case 'consent':
      return consentSentences(view, t);
    case 'card':
      return cardSentences(view, t);
    case 'guardian-card':
      return guardianCardSentences(view, t);
    case 'guardian-consent':
      return guardianConsentSentences(view, t);
    case 'element-entry':
      return [t(`element.${view.asks}.title`), t(`element.${view.asks}.lead`)];
    case 'methods':
      return methodSentences(view, t);
    case 'hand-off':
      return handOffSentences(view, t);
    case 'awaiting':
      return awaitingSentences(view, t);
    case 'withdrawal-card':
    case 'withdrawal-review':
    case 'withdrawal-erasing':
    case 'withdrawal-done':
      return withdrawalSentences(view, t);
    case 'identity-entry':
      return [t('entry.numberTitle')];
    case 'card-photo':
      return view.hint ? [t(`cardPhoto.hints.${view.hint}`)] : [t('cardPhoto.title'), t('cardPhoto.lead')];
    case 'document-capture':
      return documentNow(view, t);
    case 'document-confirm':
      return confirmSentences(view, t);
    case 'travel-chip':
      return chipSentences(view, t);
    case 'position':
      return view.hint ? [t(`hints.${view.hint}`)] : [];
    case 'light':
      return [t('light.hint')];
    case 'challenge':
      return challengeSentences(view.kind, progress, t);
    case 'deciding':
      return [t('deciding.title')];
    case 'result':
      return [resultTitle(view.result, t), ...resultSentences(view.result, holdsCard(view), view.language, t)];
    case 'other-method':
      return [t('otherMethod.title'), t('otherMethod.lead')];
    case 'maintenance':
      return [t('maintenance.title'), reasonText(view.reason, view.language, 'person'), t('maintenance.lead')];
  }
}

function challengeSentences(kind: FramedChallenge['kind'], progress: ChallengeProgress | null, t: Translate): string[] {
  if (kind === 'digits') return [];
  const current = progress?.kind === kind ? progress : null;
  const prompt = t(challengePrompt(kind, current));
  const remark = remarkOf(current);
  return remark ? [prompt, t(`challenge.hints.${remark}`)] : [prompt];
}

function cardSentences(view: Extract<KioskView, { screen: 'card' }>, t: Translate): string[] {
  if (view.phase !== 'searching') return [t(`card.${view.phase}`)];
  const instruction = cardInstruction(cardGuide(view), t, view.readerForm);
  return view.problem
    ? [reasonText(view.problem, view.language, 'person'), instruction]
    : [instruction, cardLead(false, t, view.readerForm)];
}
