import type { ReactNode } from 'react';
import { FALLBACK_METHODS, LEGAL_BASES, ONCE_PER_IDENTITY } from '../../../shared/domain/scene.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { CheckRow, RadioList } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import { OrderList } from '../parts/order-list.tsx';
import { useWords } from '../words.tsx';
import { FieldProblem } from './field-problem.tsx';
import { waysOf, type RulesField } from './rules-form.ts';
import type { SceneDraft } from './scene-form.ts';

export interface RulesProps {
  readonly draft: Draft<SceneDraft>;
  readonly problems: Problems<RulesField>;
}

/** How often somebody may try, and how often one identity may pass. */
export function AttemptFields({ draft, problems }: RulesProps): ReactNode {
  const { t } = useWords();
  return (
    <>
      <div className="field-pair">
        {(['perVisit', 'perPersonDay'] as const).map((field) => (
          <TextField
            key={field}
            label={t(`scenes.${field}`)}
            hint={t(`scenes.${field}Hint`)}
            value={draft.value[field]}
            problem={problems[field]}
            onEdit={(text) => draft.edit({ [field]: text })}
            width="short"
            suffix={t('scenes.times')}
            numeric
            maxLength={3}
          />
        ))}
      </div>
      <RadioList
        legend={t('scenes.onceTitle')}
        invalid={problems.once !== undefined}
        value={draft.value.once}
        onChoose={(once) => draft.edit({ once })}
        options={ONCE_PER_IDENTITY.map((one) => ({
          value: one,
          label: t(`scenes.once.${one}`),
          note: t(`scenes.onceNote.${one}`),
        }))}
      />
      <FieldProblem problem={problems.once} />
    </>
  );
}

/** Other ways for whoever can't or won't do the scene's own, in their order. */
export function OtherWays({ draft, problems }: RulesProps): ReactNode {
  const { t } = useWords();
  const chosen = waysOf(draft.value);
  return (
    <OrderList
      legend={t('scenes.waysTitle')}
      lead={t('scenes.waysLead')}
      none={t('scenes.waysNone')}
      add={t('scenes.waysAdd')}
      hint=""
      chosen={chosen}
      left={FALLBACK_METHODS.filter((one) => !chosen.includes(one))}
      full={false}
      nameOf={(one) => t(`scenes.way.${one}`)}
      problem={problems.otherWays}
      onChange={(ways) => draft.edit({ otherWays: ways.join(',') })}
    />
  );
}

/** On which ground people are processed, who agrees for a child, and whether pictures are handed over. */
export function LawFields({ draft, problems }: RulesProps): ReactNode {
  const { t } = useWords();
  return (
    <>
      <RadioList
        legend={t('scenes.legalTitle')}
        invalid={problems.legal !== undefined}
        value={draft.value.legal}
        onChoose={(legal) => draft.edit({ legal })}
        options={LEGAL_BASES.map((one) => ({
          value: one,
          label: t(`scenes.legal.${one}`),
          note: t(`scenes.legalNote.${one}`),
        }))}
      />
      <FieldProblem problem={problems.legal} />
      <fieldset className="radio-list">
        <legend>{t('scenes.childrenTitle')}</legend>
        <CheckRow
          label={t('scenes.guardian')}
          note={t('scenes.guardianNote')}
          checked={draft.value.withGuardian}
          invalid={problems.withGuardian !== undefined}
          onToggle={(withGuardian) => draft.edit({ withGuardian })}
        />
        <FieldProblem problem={problems.withGuardian} />
        <CheckRow
          label={t('scenes.returnsFace')}
          note={t('scenes.returnsFaceNote')}
          checked={draft.value.givesFace}
          invalid={problems.givesFace !== undefined}
          onToggle={(givesFace) => draft.edit({ givesFace })}
        />
        <FieldProblem problem={problems.givesFace} />
      </fieldset>
    </>
  );
}
