import { useState, type ReactNode } from 'react';
import type { IssuedRequest } from '../../../shared/domain/certification-request.ts';
import type { SceneBook } from '../../../shared/ipc/admin-schemes.ts';
import { useAction } from '../answers.ts';
import type { Problems } from '../form-problem.ts';
import { ActionForm } from '../parts/action-form.tsx';
import { CheckRow } from '../parts/choice.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { TextField } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { FieldProblem } from '../scene/field-problem.tsx';
import { schemeDoes } from '../schemes/scheme-words.ts';
import { useWords } from '../words.tsx';
import { emptyRequest, parseRequest, type RequestDraft, type RequestField } from './request-form.ts';
import { RequestInputs } from './request-inputs.tsx';

interface FormProps {
  readonly draft: RequestDraft;
  readonly problems: Problems<RequestField>;
  readonly onEdit: (patch: Partial<RequestDraft>) => void;
}

/** Where nobody comes to the terminal the caller has the person's consent; elsewhere the kiosk asks. */
function ConsentFields({ draft, problems, onEdit }: FormProps): ReactNode {
  const { t } = useWords();
  return (
    <div className="check-alone">
      <CheckRow
        label={t('requests.form.consent')}
        note={t('requests.form.consentNote')}
        checked={draft.consent}
        invalid={problems.consent !== undefined}
        onToggle={(consent) => onEdit({ consent })}
      />
      <FieldProblem problem={problems.consent} />
      <CheckRow
        label={t('requests.form.transmit')}
        note={t('requests.form.transmitNote')}
        checked={draft.transmit}
        onToggle={(transmit) => onEdit({ transmit })}
      />
    </div>
  );
}

/**
 * Asks for a certification by hand. What was typed survives closing the drawer, and no longer than the page that holds
 * it: it is about a person.
 */
export function MakeRequest(props: {
  readonly book: SceneBook;
  /** What was typed before; null: nothing. */
  readonly typed: RequestDraft | null;
  readonly onType: (change: (before: RequestDraft | null) => RequestDraft | null) => void;
  readonly onClose: () => void;
  readonly onIssued: (issued: IssuedRequest) => void;
}): ReactNode {
  const { t } = useWords();
  const { scenes, schemes } = props.book;
  const first = scenes.find(({ walkUp }) => walkUp) ?? scenes[0];
  const untouched = emptyRequest(first?.scene.id ?? '');
  const draft = props.typed ?? untouched;
  const [tried, setTried] = useState(false);
  const { phase, run } = useAction('admin:make-request');
  const scene = scenes.find((entry) => entry.scene.id === draft.sceneId)?.scene;
  const scheme = schemes.find((entry) => entry.scheme.id === scene?.scheme)?.scheme;
  const result = scheme === undefined ? null : parseRequest(draft, scheme);
  const problems = tried && result !== null && !result.ok ? result.problems : {};
  const edit = (patch: Partial<RequestDraft>): void =>
    props.onType((before) => ({ ...(before ?? untouched), ...patch }));
  const cancel = (): void => {
    props.onType(() => null);
    props.onClose();
  };
  const submit = (): boolean => {
    setTried(true);
    if (result === null || !result.ok) return false;
    void run(result.value).then((answer) => {
      if (!answer.ok) return;
      props.onType(() => null);
      props.onIssued(answer.value);
    });
    return true;
  };
  const names = Object.fromEntries(scenes.map(({ scene: one }) => [one.id, `${one.name} · ${one.scheme}`]));
  return (
    <Drawer title={t('requests.form.title')} onClose={props.onClose}>
      <ActionForm phase={phase} action={t('requests.form.submit')} onSubmit={submit} onCancel={cancel}>
        <SelectField
          label={t('requests.form.scene')}
          hint={scheme === undefined ? '' : schemeDoes(scheme, t)}
          value={draft.sceneId}
          options={names}
          problem={scheme === undefined ? { key: 'requests.form.problem.scene' } : undefined}
          onChoose={(sceneId) => edit({ sceneId })}
        />
        <TextField
          label={t('requests.form.order')}
          hint={t('requests.form.orderHint')}
          value={draft.orderId}
          problem={problems.orderId}
          onEdit={(orderId) => edit({ orderId })}
          maxLength={80}
        />
        {scheme === undefined ? null : (
          <>
            <h3>{t('requests.form.inputs')}</h3>
            <RequestInputs scheme={scheme} draft={draft} problems={problems} onEdit={edit} />
            {scheme.actor === 'caller' ? <ConsentFields draft={draft} problems={problems} onEdit={edit} /> : null}
          </>
        )}
      </ActionForm>
    </Drawer>
  );
}
