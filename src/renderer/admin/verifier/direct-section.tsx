import { useState, type ReactNode } from 'react';
import type { DirectVerifierView } from '../../../shared/ipc/admin-outbox.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import { RadioList } from '../parts/choice.tsx';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { FieldProblem } from '../scene/field-problem.tsx';
import { useWords } from '../words.tsx';
import { VendorFields } from './direct-fields.tsx';
import {
  directDraft,
  needsKeys,
  NO_KEYS,
  parseDirect,
  VENDOR_CHOICES,
  type KeysDraft,
  type VendorChoice,
} from './direct-form.ts';
import { KeyFields } from './direct-keys.tsx';
import { Served } from './direct-served.tsx';

/** Keys while they are typed: of this form alone, so that leaving the page forgets them. */
function useTypedKeys() {
  const [keys, setKeys] = useState<KeysDraft>(NO_KEYS);
  const [replacing, setReplacing] = useState(false);
  const forget = (): void => {
    setKeys(NO_KEYS);
    setReplacing(false);
  };
  return {
    keys,
    replacing,
    typed: keys.keyId !== '' || keys.keySecret !== '',
    edit: (more: Partial<KeysDraft>) => setKeys((before) => ({ ...before, ...more })),
    replace: (on: boolean) => {
      forget();
      setReplacing(on);
    },
    forget,
  };
}

function useDirectForm(view: DirectVerifierView, onSaved: (view: DirectVerifierView) => void) {
  const draft = useDraft('verifier:direct', directDraft(view.setting));
  const secret = useTypedKeys();
  const [tried, setTried] = useState(false);
  const { phase, run } = useAction('admin:save-direct-verifier');
  const { vendor } = draft.value;
  const needed = needsKeys(vendor, view);
  const result = parseDirect(draft.value, needed || secret.replacing ? secret.keys : null, view.setting);
  const changed = draft.changed || secret.typed;
  const discard = (): void => {
    setTried(false);
    secret.forget();
    draft.discard();
  };
  const save = (): boolean => {
    if (!changed) return true;
    setTried(!result.ok);
    if (!result.ok) return false;
    void run(result.value).then((answer) => {
      if (!answer.ok) return;
      discard();
      onSaved(answer.value);
    });
    return true;
  };
  const choose = (next: VendorChoice): void => {
    setTried(false);
    secret.forget();
    draft.edit({ vendor: next });
  };
  const problems = tried && !result.ok ? result.problems : {};
  return { draft, secret, problems, phase, changed, save, discard, choose, kept: !needed };
}

function DirectForm(props: {
  readonly view: DirectVerifierView;
  readonly onSaved: (view: DirectVerifierView) => void;
}): ReactNode {
  const { t } = useWords();
  const { view } = props;
  const { draft, secret, problems, phase, changed, save, discard, choose, kept } = useDirectForm(view, props.onSaved);
  const { vendor } = draft.value;
  return (
    <SettingsForm changed={changed} phase={phase} onSave={save} onDiscard={discard}>
      <div className="columns">
        <div>
          <RadioList<VendorChoice>
            legend={t('direct.vendor')}
            value={vendor}
            onChoose={choose}
            options={VENDOR_CHOICES.map((one) => ({
              value: one,
              label: t(`direct.vendors.${one}`),
              note: t(`direct.vendorNote.${one}`),
            }))}
          />
          <FieldProblem problem={problems.vendor} />
          {view.keysKept && view.setting?.vendor !== vendor ? (
            <Notice kind="warning">{t('direct.keysGo')}</Notice>
          ) : null}
          <Served view={view} />
        </div>
        <div>
          <VendorFields draft={draft} problems={problems} />
          {vendor === 'none' ? null : (
            <KeyFields
              key={vendor}
              vendor={vendor}
              kept={kept}
              replacing={secret.replacing}
              onReplace={secret.replace}
              keys={secret.keys}
              problems={problems}
              onEdit={secret.edit}
            />
          )}
        </div>
      </div>
    </SettingsForm>
  );
}

/** For a single terminal whose site runs no verifier: which vendor it asks by itself, and with which keys. */
export function DirectSection(): ReactNode {
  const { t } = useWords();
  const direct = useAnswer('admin:direct-verifier', null);
  return (
    <Section title={t('direct.title')}>
      <p className="muted direct-lead">{t('direct.lead')}</p>
      <Notice kind={direct.value?.setting ? 'warning' : 'info'}>{t('direct.risk')}</Notice>
      <div className="direct-form">
        <Loaded answer={direct}>{(view) => <DirectForm view={view} onSaved={direct.replace} />}</Loaded>
      </div>
    </Section>
  );
}
