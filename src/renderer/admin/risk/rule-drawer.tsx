import { useState, type ReactNode } from 'react';
import type { RiskRule } from '../../../shared/domain/risk.ts';
import type { SceneBook } from '../../../shared/ipc/admin-schemes.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { ActionForm } from '../parts/action-form.tsx';
import { RadioList } from '../parts/choice.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { TextField } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { FieldProblem } from '../scene/field-problem.tsx';
import { schemeDoes } from '../schemes/scheme-words.ts';
import { useWords } from '../words.tsx';
import {
  parseRule,
  RISK_EFFECTS,
  RISK_KINDS,
  RULE_NUMBERS,
  ruleDraft,
  type RuleDraft,
  type RuleField,
  type RuleNumber,
} from './rule-form.ts';

interface FieldsProps {
  readonly draft: RuleDraft;
  readonly problems: Problems<RuleField>;
  readonly book: SceneBook;
  readonly onEdit: (patch: Partial<RuleDraft>) => void;
}

function Condition({ draft, problems, onEdit }: FieldsProps): ReactNode {
  const { t } = useWords();
  const kinds = Object.fromEntries(RISK_KINDS.map((kind) => [kind, t(`risk.kind.${kind}`)]));
  const ofFaces = draft.kind === 'number-faces' || draft.kind === 'face-numbers';
  const labelOf = (name: RuleNumber): string =>
    t(name === 'atLeast' && ofFaces ? 'risk.form.atLeastFaces' : `risk.form.${name}`);
  const fields: readonly (RuleNumber | 'from' | 'to')[] =
    draft.kind === 'hours' ? ['from', 'to'] : (Object.keys(RULE_NUMBERS[draft.kind]) as RuleNumber[]);
  return (
    <>
      <SelectField<string>
        label={t('risk.form.kind')}
        hint=""
        value={draft.kind}
        options={kinds}
        onChoose={(chosen) => {
          const kind = RISK_KINDS.find((one) => one === chosen);
          if (kind !== undefined) onEdit({ kind });
        }}
      />
      <div className="field-pair">
        {fields.map((field) => (
          <TextField
            key={field}
            label={field === 'from' || field === 'to' ? t(`risk.form.${field}`) : labelOf(field)}
            value={draft[field]}
            problem={problems[field]}
            onEdit={(text) => onEdit({ [field]: text })}
            width="short"
            numeric={draft.kind !== 'hours'}
            maxLength={5}
          />
        ))}
      </div>
    </>
  );
}

function Scenes({ draft, problems, book, onEdit }: FieldsProps): ReactNode {
  const { t } = useWords();
  return (
    <>
      <RadioList
        legend={t('risk.form.scenes')}
        value={draft.everywhere ? 'all' : 'some'}
        onChoose={(which) => onEdit({ everywhere: which === 'all' })}
        options={[
          { value: 'all', label: t('risk.form.scenesAll') },
          { value: 'some', label: t('risk.form.scenesSome') },
        ]}
      />
      {draft.everywhere ? null : (
        <div className="tick-grid">
          {book.scenes.map(({ scene }) => (
            <label key={scene.id} className="radio-row">
              <input
                type="checkbox"
                checked={draft.sceneIds.includes(scene.id)}
                aria-invalid={problems.sceneIds !== undefined}
                onChange={({ target }) =>
                  onEdit({
                    sceneIds: target.checked
                      ? [...draft.sceneIds, scene.id]
                      : draft.sceneIds.filter((id) => id !== scene.id),
                  })
                }
              />
              <span>{scene.name}</span>
            </label>
          ))}
        </div>
      )}
      <FieldProblem problem={problems.sceneIds} />
    </>
  );
}

function Effect({ draft, problems, book, onEdit }: FieldsProps): ReactNode {
  const { t } = useWords();
  // Nobody can be stepped up to a scheme without somebody at the terminal.
  const stronger = book.schemes.filter(({ scheme }) => scheme.actor === 'person' && scheme.liveness !== 'none');
  const chosen = stronger.find(({ scheme }) => scheme.id === draft.scheme);
  return (
    <>
      <RadioList
        legend={t('risk.form.effect')}
        value={draft.effect}
        onChoose={(effect) => onEdit({ effect })}
        options={RISK_EFFECTS.map((one) => ({
          value: one,
          label: t(`risk.effect.${one}`),
          note: t(`risk.effectNote.${one}`),
        }))}
      />
      {draft.effect === 'step-up' ? (
        <SelectField<string>
          label={t('risk.form.scheme')}
          hint={chosen === undefined ? '' : schemeDoes(chosen.scheme, t)}
          value={draft.scheme}
          options={{ '': '—', ...Object.fromEntries(stronger.map(({ scheme }) => [scheme.id, scheme.id])) }}
          problem={problems.scheme}
          onChoose={(scheme) => onEdit({ scheme })}
        />
      ) : null}
    </>
  );
}

/** One rule: what it looks at, where, and what it does. What was typed stays until it is applied or cancelled. */
export function RuleDrawer(props: {
  /** Null: a new one. */
  readonly rule: RiskRule | null;
  readonly taken: readonly string[];
  readonly book: SceneBook;
  readonly onApply: (rule: RiskRule) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const kept = useDraft<RuleDraft>(`risk:rule:${props.rule?.id ?? ''}`, ruleDraft(props.rule));
  const draft = kept.value;
  const [tried, setTried] = useState(false);
  const result = parseRule(draft, props.taken);
  const edit = kept.edit;
  const apply = (): boolean => {
    setTried(true);
    if (!result.ok) return false;
    kept.discard();
    props.onApply(result.value);
    return true;
  };
  const cancel = (): void => {
    kept.discard();
    props.onClose();
  };
  const fields = { draft, problems: tried && !result.ok ? result.problems : {}, book: props.book, onEdit: edit };
  return (
    <Drawer title={t(props.rule === null ? 'risk.form.add' : 'risk.form.change')} onClose={props.onClose}>
      <ActionForm phase={{ state: 'idle' }} action={t('risk.form.apply')} onSubmit={apply} onCancel={cancel}>
        <TextField
          label={t('risk.form.id')}
          hint={t('risk.form.idHint')}
          value={draft.id}
          problem={fields.problems.id}
          onEdit={(id) => edit({ id })}
          maxLength={60}
        />
        <Condition {...fields} />
        <Effect {...fields} />
        <Scenes {...fields} />
        <p className="muted">{t('risk.form.note')}</p>
      </ActionForm>
    </Drawer>
  );
}
