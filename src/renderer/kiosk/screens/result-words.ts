import type { ResultView } from '../../../shared/ipc/kiosk-view.ts';
import { nextStepText, reasonText, type Language } from '../../../shared/reason-texts.ts';
import type { Translate } from '../../i18n/translation.ts';

/** What is shown for a result: the verdict, or what it is where nobody has decided anything yet. */
export type ResultKind = ResultView['state'] | 'pending' | 'captured';

/** `pending`: the verifier is still to decide; `captured`: it has not been asked yet. */
export function resultKind({ state, reason }: Pick<ResultView, 'state' | 'reason'>): ResultKind {
  if (reason === 'verification.pending') return 'pending';
  return reason === 'verification.captured' ? 'captured' : state;
}

/** Never more than what was found: somebody who was not identified is not said to be verified. */
export function resultTitle(result: Pick<ResultView, 'state' | 'reason'>, t: Translate): string {
  if (result.reason === 'ok.live') return t('result.live');
  if (result.reason === 'ok.read') return t('result.read');
  if (result.reason === 'ok.approved-by-staff') return t('result.approved');
  return t(`result.${resultKind(result)}`);
}

/**
 * What follows for the person.
 *
 * @param hasCard whether there is a card to take along.
 */
export function resultSentences(result: ResultView, hasCard: boolean, language: Language, t: Translate): string[] {
  const kind = resultKind(result);
  if (kind === 'passed') return [t(hasCard ? 'result.passedNext' : 'result.passedNextPlain')];
  if (kind === 'pending' || kind === 'captured') return [t(`result.${kind}Lead`)];
  const next = result.mayUseCard ? t('result.useCardLead') : nextStepText(result.next, language, 'person');
  return [result.mayUseCard ? '' : reasonText(result.reason, language, 'person'), next].filter((text) => text !== '');
}
