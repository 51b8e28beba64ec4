import type { ReactNode } from 'react';
import { CONFIRMATION_CHECKS } from '../../../shared/domain/scene.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import type { OfferedConfirmation } from '../../../shared/ipc/admin-outbox.ts';
import { useAnswer } from '../answers.ts';
import type { Draft } from '../drafts.tsx';
import { RadioList, type Option } from '../parts/choice.tsx';
import { FailureNote } from '../parts/notice.tsx';
import type { Speech } from '../translation.ts';
import { useWords } from '../words.tsx';
import type { SceneDraft } from './scene-form.ts';

type Choice = SceneDraft['confirmationCheck'];

function optionOf(
  check: (typeof CONFIRMATION_CHECKS)[number],
  offers: readonly OfferedConfirmation[] | null,
  chosen: boolean,
  { t, language }: Speech,
): Option<Choice> {
  const offer = offers?.find((each) => each.check === check);
  const served = offer?.servedBy ?? null;
  return {
    value: check,
    label: t(`outbox.check.${check}`),
    note:
      served === null
        ? t('scene.confirmation.refused', {
            why: offer?.refusal ? reasonText(offer.refusal.code, language, 'clerk') : t('scene.confirmation.unknown'),
          })
        : t('scene.confirmation.servedBy', { who: served }),
    // What was chosen before stays visible, so that it can be unchosen.
    disabled: served === null && !chosen,
  };
}

/** Whether the verifier decides too, and by what; what nobody answers here can't be chosen, and says why. */
export function ConfirmationFields({ draft }: { readonly draft: Draft<SceneDraft> }): ReactNode {
  const { t, language } = useWords();
  const offers = useAnswer('admin:confirmations', null);
  const chosen = draft.value.confirmationCheck;
  return (
    <>
      {offers.failure === null ? null : <FailureNote failure={offers.failure} onRetry={offers.reload} />}
      <RadioList<Choice>
        legend={t('scene.confirmation.title')}
        value={chosen}
        onChoose={(confirmationCheck) => draft.edit({ confirmationCheck })}
        options={[
          { value: 'none', label: t('scene.confirmation.none'), note: t('scene.confirmation.noneNote') },
          ...CONFIRMATION_CHECKS.map((check) => optionOf(check, offers.value, check === chosen, { t, language })),
        ]}
      />
    </>
  );
}
