import type { ReactNode } from 'react';
import type { DirectVerifierView } from '../../../shared/ipc/admin-outbox.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import { RadioList } from '../parts/choice.tsx';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { FieldProblem } from '../scene/field-problem.tsx';
import { useKeyedForm } from '../use-keyed-form.ts';
import { useWords } from '../words.tsx';
import { VendorFields } from './direct-fields.tsx';
import { directDraft, needsKeys, NO_KEYS, parseDirect, VENDOR_CHOICES, type VendorChoice } from './direct-form.ts';
import { KeyFields } from './direct-keys.tsx';
import { Served } from './direct-served.tsx';

function useDirectForm(view: DirectVerifierView, onSaved: (view: DirectVerifierView) => void) {
  const draft = useDraft('verifier:direct', directDraft(view.setting));
  return useKeyedForm({
    draft,
    blank: NO_KEYS,
    kept: !needsKeys(draft.value.vendor, view),
    parse: (value, keys) => parseDirect(value, keys, view.setting),
    action: useAction('admin:save-direct-verifier'),
    onSaved,
  });
}

function DirectForm(props: {
  readonly view: DirectVerifierView;
  readonly onSaved: (view: DirectVerifierView) => void;
}): ReactNode {
  const { t } = useWords();
  const { view } = props;
  const form = useDirectForm(view, props.onSaved);
  const { draft, secret, problems } = form;
  const { vendor } = draft.value;
  return (
    <SettingsForm changed={form.changed} phase={form.phase} onSave={form.save} onDiscard={form.discard}>
      <div className="columns">
        <div>
          <RadioList<VendorChoice>
            legend={t('direct.vendor')}
            value={vendor}
            onChoose={(next) => {
              form.startOver();
              draft.edit({ vendor: next });
            }}
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
              kept={form.kept}
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
export function DirectSection(props: { readonly onSaved?: (view: DirectVerifierView) => void }): ReactNode {
  const { t } = useWords();
  const direct = useAnswer('admin:direct-verifier', null);
  const onSaved = (view: DirectVerifierView): void => {
    direct.replace(view);
    props.onSaved?.(view);
  };
  return (
    <Section title={t('direct.title')}>
      <p className="muted direct-lead">{t('direct.lead')}</p>
      <Notice kind={direct.value?.setting ? 'warning' : 'info'}>{t('direct.risk')}</Notice>
      <div className="direct-form">
        <Loaded answer={direct}>{(view) => <DirectForm view={view} onSaved={onSaved} />}</Loaded>
      </div>
    </Section>
  );
}
