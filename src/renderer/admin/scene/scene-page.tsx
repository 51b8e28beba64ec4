import { useState, type ReactNode } from 'react';
import { FAR_CHOICES, OFFLINE_POLICIES } from '../../../shared/domain/scene.ts';
import type { SceneStatus } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft, type Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { count } from '../formats.ts';
import { CheckRow, RadioList, type Option } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import type { Speech } from '../translation.ts';
import { useWords } from '../words.tsx';
import { ConfirmationFields } from './confirmation-fields.tsx';
import { EvidenceFields } from './evidence-fields.tsx';
import { IdentificationFields } from './identification-fields.tsx';
import { NO_DIGITS } from './liveness-form.ts';
import { LivenessSection } from './liveness-section.tsx';
import { QualityLimitFields } from './quality-limits.tsx';
import { oneIn, parseScene, sceneDraft, type SceneDraft, type SceneField } from './scene-form.ts';

interface FieldsProps {
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

function Identity(props: FieldsProps & { readonly records: number }): ReactNode {
  const { t, language } = useWords();
  const { draft, problems, records } = props;
  return (
    <>
      <TextField
        label={t('scene.name')}
        hint={t('scene.nameHint')}
        value={draft.value.name}
        problem={problems.name}
        onEdit={(name) => draft.edit({ name })}
        maxLength={40}
      />
      <TextField
        label={t('scene.id')}
        hint={records > 0 ? t('scene.idLocked', { n: count(records, language) }) : t('scene.idHint')}
        value={draft.value.id}
        problem={problems.id}
        readOnly={records > 0}
        onEdit={(id) => draft.edit({ id })}
        maxLength={40}
      />
      <TextField
        label={t('scene.scheme')}
        hint={t('scene.schemeHint')}
        value={draft.value.scheme}
        readOnly
        onEdit={() => undefined}
      />
      <TextField
        label={t('scene.retention')}
        hint={t('scene.retentionHint')}
        value={draft.value.retentionDays}
        problem={problems.retentionDays}
        onEdit={(retentionDays) => draft.edit({ retentionDays })}
        width="short"
        suffix={t('scene.days')}
        numeric
        maxLength={6}
      />
    </>
  );
}

function Policies(props: FieldsProps): ReactNode {
  const { t, language } = useWords();
  const { draft } = props;
  return (
    <>
      <RadioList
        legend={t('scene.farTitle')}
        value={String(draft.value.far)}
        onChoose={(far) => draft.edit({ far: Number(far) })}
        options={FAR_CHOICES.map((far) => farOption(far, { t, language }))}
      />
      <RadioList
        legend={t('scene.offlineTitle')}
        value={draft.value.offlinePolicy}
        onChoose={(offlinePolicy) => draft.edit({ offlinePolicy })}
        options={OFFLINE_POLICIES.map((one) => ({
          value: one,
          label: t(`scene.offline.${one}`),
          note: t(`scene.offlineNote.${one}`),
        }))}
      />
    </>
  );
}

function Screens(props: FieldsProps): ReactNode {
  const { t } = useWords();
  const { draft } = props;
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

function SceneForm(props: { readonly status: SceneStatus; readonly onSaved: (saved: SceneStatus) => void }): ReactNode {
  const { scene, records, digits = NO_DIGITS } = props.status;
  const draft = useDraft('scene', sceneDraft(scene));
  const [problems, setProblems] = useState<FieldsProps['problems']>({});
  const { phase, run } = useAction('admin:save-scene');
  const save = (): boolean => {
    const result = parseScene(draft.value, digits);
    setProblems(result.ok ? {} : result.problems);
    if (!result.ok) return false;
    void run(result.value).then((answer) => {
      if (!answer.ok) return;
      draft.discard();
      props.onSaved(answer.value);
    });
    return true;
  };
  const discard = (): void => {
    setProblems({});
    draft.discard();
  };
  return (
    <SettingsForm changed={draft.changed} phase={phase} onSave={save} onDiscard={discard}>
      <div className="columns">
        <div>
          <Identity draft={draft} problems={problems} records={records} />
          <Screens draft={draft} problems={problems} />
          <IdentificationFields draft={draft} />
        </div>
        <div>
          <Policies draft={draft} problems={problems} />
          <ConfirmationFields draft={draft} />
          <EvidenceFields draft={draft} />
        </div>
      </div>
      <LivenessSection draft={draft} problems={problems} digits={digits} />
      <QualityLimitFields draft={draft} problems={problems} />
    </SettingsForm>
  );
}

/** What is asked of a visitor, how sure the comparison has to be, and how long records stay. */
export function ScenePage(): ReactNode {
  const { t } = useWords();
  const scene = useAnswer('admin:scene', null);
  return (
    <Page title={t('section.scene')} summary={t('scene.summary')}>
      <Loaded answer={scene}>{(value) => <SceneForm status={value} onSaved={scene.replace} />}</Loaded>
    </Page>
  );
}
