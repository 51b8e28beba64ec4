import type { ReactNode } from 'react';
import type { Draft } from '../drafts.tsx';
import { CheckRow } from '../parts/choice.tsx';
import { useWords } from '../words.tsx';
import type { SceneDraft } from './scene-form.ts';

/** Whether one person of the staff is enough for what is left to them. */
export function ReviewFields({ draft }: { readonly draft: Draft<SceneDraft> }): ReactNode {
  const { t } = useWords();
  return (
    <fieldset className="radio-list">
      <legend>{t('scenes.reviewTitle')}</legend>
      <CheckRow
        label={t('scenes.secondPerson')}
        note={t('scenes.secondPersonNote')}
        checked={draft.value.bySecond}
        onToggle={(bySecond) => draft.edit({ bySecond })}
      />
    </fieldset>
  );
}
