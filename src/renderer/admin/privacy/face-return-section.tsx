import { useState, type ReactNode } from 'react';
import type { FaceReturnStatus } from '../../../shared/ipc/admin-schemes.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import { count } from '../formats.ts';
import { RadioList } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Loaded, Section } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useKeyedForm } from '../use-keyed-form.ts';
import { useWords } from '../words.tsx';
import { FaceKeys } from './face-keys.tsx';
import {
  FACE_RETURN_KINDS,
  faceReturnDraft,
  NO_FACE_KEYS,
  parseFaceReturn,
  STORE_FIELDS,
  takesKeys,
} from './face-return-form.ts';

interface FormProps {
  readonly status: FaceReturnStatus;
  readonly onSaved: (status: FaceReturnStatus) => void;
}

function useFaceReturn({ status, onSaved }: FormProps) {
  const draft = useDraft('privacy:face-return', faceReturnDraft(status.destination));
  return useKeyedForm({
    draft,
    blank: NO_FACE_KEYS,
    // Another kind of store has other keys.
    kept: status.hasKeys && status.destination?.kind === draft.value.kind,
    parse: parseFaceReturn,
    action: useAction('admin:save-face-return'),
    onSaved,
  });
}

function Destination({ form }: { readonly form: ReturnType<typeof useFaceReturn> }): ReactNode {
  const { t } = useWords();
  const { draft, problems, secret } = form;
  const { kind } = draft.value;
  const fields = kind === 'folder' ? (['folder'] as const) : takesKeys(kind) ? STORE_FIELDS : [];
  return (
    <>
      {fields.map((field) => (
        <TextField
          key={field}
          label={t(`privacy.face.${field}`)}
          hint={t(`privacy.face.${field}Hint`)}
          value={draft.value[field]}
          problem={problems[field]}
          onEdit={(text) => draft.edit({ [field]: text })}
          maxLength={500}
        />
      ))}
      {takesKeys(kind) ? (
        <FaceKeys
          key={kind}
          kept={form.kept}
          replacing={secret.replacing}
          keys={secret.keys}
          problems={problems}
          onReplace={secret.replace}
          onEdit={secret.edit}
        />
      ) : null}
    </>
  );
}

function Status({ status }: { readonly status: FaceReturnStatus }): ReactNode {
  const { t, language } = useWords();
  const { phase, run } = useAction('admin:try-face-return');
  const [tookMs, setTookMs] = useState(0);
  const running = phase.state === 'running';
  return (
    <>
      <Facts
        facts={[
          { name: t('privacy.face.waiting'), value: count(status.waiting, language) },
          { name: t('privacy.face.sent'), value: count(status.sent, language) },
        ]}
      />
      {status.lastFailure === null ? null : (
        <div className="last-failure">
          <p className="muted">{t('privacy.face.lastFailure')}</p>
          <FailureNote failure={status.lastFailure} />
        </div>
      )}
      <div className="save-bar">
        <button
          type="button"
          className="button"
          disabled={running || status.destination === null}
          onClick={() => void run(null).then((answer) => answer.ok && setTookMs(answer.value.tookMs))}
        >
          {t(running ? 'privacy.face.trying' : 'privacy.face.try')}
        </button>
        <span role="status">
          {phase.state === 'done' ? (
            <span className="saved">{t('privacy.face.tried', { ms: count(tookMs, language) })}</span>
          ) : (
            t('privacy.face.trySaved')
          )}
        </span>
      </div>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
    </>
  );
}

function FaceReturnForm(props: FormProps): ReactNode {
  const { t } = useWords();
  const form = useFaceReturn(props);
  return (
    <SettingsForm changed={form.changed} phase={form.phase} onSave={form.save} onDiscard={form.discard}>
      <div className="columns">
        <div>
          <RadioList
            legend={t('privacy.face.kind')}
            value={form.draft.value.kind}
            onChoose={(kind) => {
              form.startOver();
              form.draft.edit({ kind });
            }}
            options={FACE_RETURN_KINDS.map((one) => ({
              value: one,
              label: t(`privacy.face.kinds.${one}`),
              note: t(`privacy.face.kindNote.${one}`),
            }))}
          />
          <h3>{t('privacy.face.status')}</h3>
          <Status status={props.status} />
        </div>
        <div>
          <Destination form={form} />
        </div>
      </div>
    </SettingsForm>
  );
}

/** Where face pictures go that scenes give to the customer, and how that goes. */
export function FaceReturnSection(): ReactNode {
  const { t } = useWords();
  const status = useAnswer('admin:face-return', null);
  return (
    <Section title={t('privacy.face.title')}>
      <p className="muted lead-in">{t('privacy.face.lead')}</p>
      <div className="direct-form">
        <Loaded answer={status}>{(value) => <FaceReturnForm status={value} onSaved={status.replace} />}</Loaded>
      </div>
    </Section>
  );
}
