import type { ReactNode } from 'react';
import { FAR_CHOICES, OFFLINE_POLICIES, type Scene } from '../../../shared/domain/scene.ts';
import type { Draft } from '../drafts.tsx';
import type { Problem, Problems } from '../form-problem.ts';
import { count } from '../formats.ts';
import { CheckRow, RadioList, type Option } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import type { Speech } from '../translation.ts';
import { useWords } from '../words.tsx';
import { FieldProblem } from './field-problem.tsx';
import { oneIn, type SceneDraft, type SceneField } from './scene-form.ts';

export interface FieldsProps {
  readonly draft: Draft<SceneDraft>;
  readonly problems: Problems<SceneField>;
}

type FarChoice = (typeof FAR_CHOICES)[number];

const FAR_LEVELS = {
  0.01: 'loose',
  0.001: 'moderate',
  0.0001: 'strict',
  0.00001: 'strictest',
} as const satisfies Record<FarChoice, string>;

/** A false-accept rate in words: how strict, 1 in how many, and what that is good for. */
function farOption(far: FarChoice, { t, language }: Speech): Option<string> {
  const level = FAR_LEVELS[far];
  const n = count(oneIn(far), language);
  return {
    value: String(far),
    label: t('scene.far.oneIn', { word: t(`scene.far.${level}`), n }),
    note: t('scene.far.meaning', { n, advice: t(`scene.farAdvice.${level}`) }),
  };
}

interface TextProps {
  readonly value: string;
  readonly problem: Problem | undefined;
  readonly onEdit: (text: string) => void;
}

/** What the scene is called. */
export function SceneNameField(props: TextProps): ReactNode {
  const { t } = useWords();
  return <TextField {...props} label={t('scene.name')} hint={t('scene.nameHint')} maxLength={40} />;
}

/** How long the scene's records stay. */
export function RetentionField(props: TextProps): ReactNode {
  const { t } = useWords();
  return (
    <TextField
      {...props}
      label={t('scene.retention')}
      hint={t('scene.retentionHint')}
      width="short"
      suffix={t('scene.days')}
      numeric
      maxLength={6}
    />
  );
}

/** What happens while the verifier can't be reached. */
export function OfflineChoice(props: {
  readonly value: Scene['offlinePolicy'];
  readonly invalid?: boolean;
  readonly onChoose: (policy: Scene['offlinePolicy']) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <RadioList
      {...props}
      legend={t('scene.offlineTitle')}
      options={OFFLINE_POLICIES.map((one) => ({
        value: one,
        label: t(`scene.offline.${one}`),
        note: t(`scene.offlineNote.${one}`),
      }))}
    />
  );
}

/** What the scene is called, and how long its records stay. */
export function NameFields(props: FieldsProps & { readonly records: number }): ReactNode {
  const { t, language } = useWords();
  const { draft, problems, records } = props;
  return (
    <>
      <SceneNameField value={draft.value.name} problem={problems.name} onEdit={(name) => draft.edit({ name })} />
      <TextField
        label={t('scene.id')}
        hint={records > 0 ? t('scene.idLocked', { n: count(records, language) }) : t('scene.idHint')}
        value={draft.value.id}
        problem={problems.id}
        readOnly={records > 0}
        onEdit={(id) => draft.edit({ id })}
        maxLength={40}
      />
      <RetentionField
        value={draft.value.retentionDays}
        problem={problems.retentionDays}
        onEdit={(retentionDays) => draft.edit({ retentionDays })}
      />
    </>
  );
}

/** How sure the comparison has to be. */
export function FarFields({ draft, problems }: FieldsProps): ReactNode {
  const { t, language } = useWords();
  return (
    <>
      <RadioList
        legend={t('scene.farTitle')}
        invalid={problems.far !== undefined}
        value={String(draft.value.far)}
        onChoose={(far) => draft.edit({ far: Number(far) })}
        options={FAR_CHOICES.map((far) => farOption(far, { t, language }))}
      />
      <FieldProblem problem={problems.far} />
    </>
  );
}

/** What happens while the verifier can't be reached, and what is wrong with it. */
export function OfflineFields({ draft, problems }: FieldsProps): ReactNode {
  return (
    <>
      <OfflineChoice
        invalid={problems.offlinePolicy !== undefined}
        value={draft.value.offlinePolicy}
        onChoose={(offlinePolicy) => draft.edit({ offlinePolicy })}
      />
      <FieldProblem problem={problems.offlinePolicy} />
    </>
  );
}

/** Which pages a visitor sees beside those that can't be left out. */
export function PageFields({ draft }: FieldsProps): ReactNode {
  const { t } = useWords();
  return (
    <fieldset className="radio-list">
      <legend>{t('scene.pagesTitle')}</legend>
      <CheckRow
        label={t('scene.guidePage')}
        note={t('scene.guidePageNote')}
        checked={draft.value.guidePage}
        onToggle={(guidePage) => draft.edit({ guidePage })}
      />
      <CheckRow
        label={t('scene.resultPage')}
        note={t('scene.resultPageNote')}
        checked={draft.value.resultPage}
        onToggle={(resultPage) => draft.edit({ resultPage })}
      />
    </fieldset>
  );
}
