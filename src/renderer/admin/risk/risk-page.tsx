import { Plus } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { RiskPolicy, RiskRule } from '../../../shared/domain/risk.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import { CheckRow } from '../parts/choice.tsx';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Page, Section } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useWords } from '../words.tsx';
import { DryRun } from './dry-run.tsx';
import { RuleDrawer } from './rule-drawer.tsx';
import { RulesTable } from './rules-table.tsx';

const MOST_RULES = 20;

/** Rules that are on and can't find anything while faces are forgotten. */
function needsFaces({ rules }: RiskPolicy): boolean {
  return rules.some(({ enabled, when }) => enabled && (when.kind === 'number-faces' || when.kind === 'face-numbers'));
}

type Editing = { readonly rule: RiskRule | null };

function PolicyForm(props: { readonly policy: RiskPolicy; readonly onSaved: (policy: RiskPolicy) => void }): ReactNode {
  const { t } = useWords();
  const draft = useDraft<RiskPolicy>('risk', props.policy);
  const book = useAnswer('admin:scenes', null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const { phase, run } = useAction('admin:save-risk');
  const { rules, rememberFaces } = draft.value;
  const policy = useMemo(() => ({ rules, rememberFaces }), [rules, rememberFaces]);
  const save = (): boolean => {
    void run(policy).then((answer) => {
      if (!answer.ok) return;
      draft.discard();
      props.onSaved(answer.value);
    });
    return true;
  };
  const apply = (rule: RiskRule): void => {
    const former = editing?.rule ?? null;
    draft.edit({ rules: former === null ? [...rules, rule] : rules.map((one) => (one === former ? rule : one)) });
    setEditing(null);
  };
  const full = rules.length >= MOST_RULES;
  return (
    <>
      <SettingsForm changed={draft.changed} phase={phase} onSave={save} onDiscard={draft.discard}>
        <div className="bar">
          <button
            type="button"
            className="button button-primary"
            disabled={full || book.value === null}
            title={full ? t('risk.most') : undefined}
            onClick={() => setEditing({ rule: null })}
          >
            <Plus aria-hidden="true" size={15} /> {t('risk.add')}
          </button>
        </div>
        <RulesTable
          rules={rules}
          onChange={(changed) => draft.edit({ rules: [...changed] })}
          onOpen={(rule) => setEditing({ rule })}
        />
        <Section title={t('risk.faces')}>
          {needsFaces(policy) && !rememberFaces ? <Notice kind="warning">{t('risk.facesNeeded')}</Notice> : null}
          <CheckRow
            label={t('risk.rememberFaces')}
            note={t('risk.rememberFacesNote')}
            checked={rememberFaces}
            onToggle={(on) => draft.edit({ rememberFaces: on })}
          />
        </Section>
      </SettingsForm>
      <DryRun policy={policy} />
      {editing !== null && book.value !== null ? (
        <RuleDrawer
          rule={editing.rule}
          taken={rules.filter((one) => one !== editing.rule).map(({ id }) => id)}
          book={book.value}
          onApply={apply}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </>
  );
}

/** What counts as suspicious here, and what follows from it. */
export function RiskPage(): ReactNode {
  const { t } = useWords();
  const risk = useAnswer('admin:risk', null);
  return (
    <Page title={t('section.risk')} summary={t('risk.summary')}>
      <Loaded answer={risk}>{(policy) => <PolicyForm policy={policy} onSaved={risk.replace} />}</Loaded>
    </Page>
  );
}
