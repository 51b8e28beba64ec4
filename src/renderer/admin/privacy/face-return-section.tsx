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
import { useWords } from '../words.tsx';
import { FaceKeys } from './face-keys.tsx';
import {
  FACE_RETURN_KINDS,
  faceReturnDraft,
  NO_FACE_KEYS,
  parseFaceReturn,
  STORE_FIELDS,
  takesKeys,
  type FaceKeysDraft,
} from './face-return-form.ts';

interface FormProps {
  readonly status: FaceReturnStatus;
  readonly onSaved: (status: FaceReturnStatus) => void;
}

/** The form's state; keys are of this form alone, so that leaving the page forgets them. */
function useFaceReturn({ status, onSaved }: FormProps) {
  const draft = useDraft('privacy:face-return', faceReturnDraft(status.destination));
  const [keys, setKeys] = useState<FaceKeysDraft>(NO_FACE_KEYS);
  const [replacing, setReplacing] = useState(false);
  const [tried, setTried] = useState(false);
  const { phase, run } = useAction('admin:save-face-return');
  const { kind } = draft.value;
  // Another kind of store has other keys.
  const kept = status.hasKeys && status.destination?.kind === kind;
  const result = parseFaceReturn(draft.value, kept && !replacing ? null : keys);
  const typed = keys.id !== '' || keys.secret !== '';
  const forget = (): void => {
    setKeys(NO_FACE_KEYS);
    setReplacing(false);
    setTried(false);
  };
  const discard = (): void => {
    forget();
    draft.discard();
  };
  const save = (): boolean => {
    setTried(!result.ok);
    if (!result.ok) return false;
    void run(result.value).then((answer) => {
      if (!answer.ok) return;
      discard();
      onSaved(answer.value);
    });
    return true;
  };
  const replace = (on: boolean): void => {
    setKeys(NO_FACE_KEYS);
    setReplacing(on);
  };
  const problems = tried && !result.ok ? result.problems : {};
  const edit = (more: Partial<FaceKeysDraft>): void => setKeys((before) => ({ ...before, ...more }));
  return {
    draft,
    keys,
    kept,
    replacing,
    replace,
    edit,
    problems,
    phase,
    save,
    discard,
    changed: draft.changed || typed,
  };
}

function Destination({ form }: { readonly form: ReturnType<typeof useFaceReturn> }): ReactNode {
  const { t } = useWords();
  const { draft, problems } = form;
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
          replacing={form.replacing}
          keys={form.keys}
          problems={problems}
          onReplace={form.replace}
          onEdit={form.edit}
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
              form.replace(false);
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
