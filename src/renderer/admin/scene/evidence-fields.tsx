import type { ReactNode } from 'react';
import { EVIDENCE_KEPT } from '../../../shared/domain/scene.ts';
import type { Draft } from '../drafts.tsx';
import { CheckRow, RadioList } from '../parts/choice.tsx';
import { useWords } from '../words.tsx';
import type { SceneDraft } from './scene-form.ts';

/** What is kept beside the record: pictures of none, of those in doubt, or of all, and a clip. */
export function EvidenceFields({ draft }: { readonly draft: Draft<SceneDraft> }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <RadioList
        legend={t('scene.evidence.title')}
        value={draft.value.evidenceKeep}
        onChoose={(evidenceKeep) => draft.edit({ evidenceKeep })}
        options={EVIDENCE_KEPT.map((one) => ({
          value: one,
          label: t(`scene.evidence.keep.${one}`),
          note: t(`scene.evidence.keepNote.${one}`),
        }))}
      />
      <div className="check-alone">
        <CheckRow
          label={t('scene.evidence.clip')}
          note={t('scene.evidence.clipNote')}
          checked={draft.value.evidenceClip}
          onToggle={(evidenceClip) => draft.edit({ evidenceClip })}
        />
      </div>
    </>
  );
}
