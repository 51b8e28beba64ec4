import type { ReactNode } from 'react';
import type { Draft } from '../drafts.tsx';
import { CheckRow } from '../parts/choice.tsx';
import { useWords } from '../words.tsx';
import type { SceneDraft } from './scene-form.ts';

/** How people may go on whose chip gives nothing or no portrait. */
export function IdentificationFields({ draft }: { readonly draft: Draft<SceneDraft> }): ReactNode {
  const { t } = useWords();
  return (
    <fieldset className="radio-list">
      <legend>{t('scene.identification.title')}</legend>
      <CheckRow
        label={t('scene.identification.manualEntry')}
        note={t('scene.identification.manualEntryNote')}
        checked={draft.value.manualEntry}
        onToggle={(manualEntry) => draft.edit({ manualEntry })}
      />
      <CheckRow
        label={t('scene.identification.cardPhoto')}
        note={t('scene.identification.cardPhotoNote')}
        checked={draft.value.cardPhoto}
        onToggle={(cardPhoto) => draft.edit({ cardPhoto })}
      />
      <CheckRow
        label={t('scene.identification.photographedCard')}
        note={t('scene.identification.photographedCardNote')}
        checked={draft.value.photographedCard}
        onToggle={(photographedCard) => draft.edit({ photographedCard })}
      />
      <CheckRow
        label={t('scene.identification.travelDocument')}
        note={t('scene.identification.travelDocumentNote')}
        checked={draft.value.travelDocument}
        onToggle={(travelDocument) => draft.edit({ travelDocument })}
      />
    </fieldset>
  );
}
