import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import type { Translate } from '../../i18n/translation.ts';
import { chipGuide, chipInstruction } from '../chip-guide.ts';
import { pictureProblem } from '../screens/document-advice.ts';

type ViewOf<S extends KioskView['screen']> = Extract<KioskView, { screen: S }>;

/** Which side is asked for, or what was wrong with its last picture; heard to its end. */
export function documentOpening(view: ViewOf<'document-capture'>, t: Translate): readonly string[] {
  if (view.reading) return [];
  if (view.problem) return pictureProblem(view.problem, t, view.language);
  return [t(`document.title.${view.page}`), t(view.maySwipe ? 'document.leadSwipe' : 'document.lead')];
}

export function documentNow({ reading, hint }: ViewOf<'document-capture'>, t: Translate): string[] {
  if (reading) return [t('document.reading')];
  return hint && hint !== 'no-card' ? [t(`document.hints.${hint}`)] : [];
}

/** Never what was read: others may be listening. */
export function confirmSentences({ fields, problem }: ViewOf<'document-confirm'>, t: Translate): string[] {
  if (problem) return [`${t(`confirm.fields.${problem.field}`)}：${t(`confirm.doubts.${problem.doubt}`)}`];
  const count = fields.filter(({ doubt }) => doubt !== null).length;
  return [t('confirm.title'), count > 0 ? t('confirm.doubtful', { count }) : t('confirm.lead')];
}

export function chipSentences(view: ViewOf<'travel-chip'>, t: Translate): string[] {
  const { title, lead } = chipInstruction(chipGuide(view), t);
  const what =
    view.progress.step === 'waiting' && view.problem ? reasonText(view.problem, view.language, 'person') : '';
  return [what, title, lead];
}
