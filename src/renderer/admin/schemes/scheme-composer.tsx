import { useCallback, useState, type ReactNode } from 'react';
import type { SceneBook } from '../../../shared/ipc/admin-schemes.ts';
import type { Scheme } from '../../../shared/domain/scheme.ts';
import { ask, useAction } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import { useEnvironment } from '../environment.ts';
import { placeProblems } from '../field-problems.ts';
import { ActionForm } from '../parts/action-form.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { TextField } from '../parts/field.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import type { Translate } from '../translation.ts';
import { useChecked } from '../use-checked.ts';
import { useWords } from '../words.tsx';
import { ListFields, ModeFields, PartFields } from './composer-parts.tsx';
import { schemeFieldOf } from './scheme-field-of.ts';
import { parseScheme, schemeDraft } from './scheme-form.ts';

interface ComposerProps {
  /** What the form begins with; its code is empty for a copy. */
  readonly scheme: Scheme;
  /** A saved scheme is changed; its code is fixed. */
  readonly saved: boolean;
  readonly onClose: () => void;
  readonly onBook: (book: SceneBook, id: string) => void;
}

function useComposer({ scheme, saved, onBook }: ComposerProps) {
  const { bridge } = useEnvironment();
  const { language } = useWords();
  const draft = useDraft(`scene:scheme:${saved ? 'change' : 'copy'}:${scheme.id}`, {
    ...schemeDraft(scheme),
    id: saved ? scheme.id : '',
  });
  const [tried, setTried] = useState(false);
  const { phase, run } = useAction('admin:put-scheme');
  const result = parseScheme(draft.value);
  // Its code is for the saving to judge: typing it neither hides nor delays what is wrong with the rest.
  const lookedAt = parseScheme({ ...draft.value, id: 'New-scheme' });
  const check = useCallback(
    (key: string) => ask(bridge, 'admin:check-scheme', { scheme: JSON.parse(key) as Scheme }),
    [bridge],
  );
  const checked = useChecked(lookedAt.ok ? JSON.stringify(lookedAt.value) : null, check);
  const { atFields, elsewhere } = placeProblems(checked.problems ?? [], schemeFieldOf, language);
  const submit = (): boolean => {
    setTried(true);
    if (!result.ok || (checked.problems ?? []).length > 0) return false;
    void run({ scheme: result.value }).then((answer) => {
      if (!answer.ok) return;
      draft.discard();
      onBook(answer.value, result.value.id);
    });
    return true;
  };
  const wrong = { ...(lookedAt.ok ? {} : lookedAt.problems), ...(tried && !result.ok ? result.problems : {}) };
  const found = lookedAt.ok ? (checked.problems?.length ?? null) : Object.keys(lookedAt.problems).length;
  return { draft, problems: { ...atFields, ...wrong }, elsewhere, found, failure: checked.failure, phase, submit };
}

/** How much is wrong with the scheme as it stands; null while main looks at it. */
function foundText(found: number | null, t: Translate): string {
  if (found === null) return t('schemes.composer.checking');
  return found === 0 ? t('schemes.composer.sound') : t('schemes.composer.unsound', { n: found });
}

/** Puts a scheme together from all parts; what contradicts itself is told while it is chosen. */
export function SchemeComposer(props: ComposerProps): ReactNode {
  const { t } = useWords();
  const { draft, problems, elsewhere, found, failure, phase, submit } = useComposer(props);
  const close = (): void => {
    draft.discard();
    props.onClose();
  };
  return (
    <Drawer title={t('schemes.composer.title')} onClose={props.onClose}>
      <p className="muted lead-in">{t('schemes.composer.lead')}</p>
      <ActionForm phase={phase} action={t('schemes.composer.save')} onSubmit={submit} onCancel={close}>
        <TextField
          label={t('schemes.composer.id')}
          hint={t(props.saved ? 'schemes.composer.idFixed' : 'schemes.composer.idHint')}
          value={draft.value.id}
          readOnly={props.saved}
          problem={problems.id}
          onEdit={(id) => draft.edit({ id })}
          maxLength={60}
        />
        <PartFields draft={draft} problems={problems} />
        <ModeFields draft={draft} problems={problems} />
        <ListFields draft={draft} problems={problems} />
        {failure === null ? null : <FailureNote failure={failure} />}
        {elsewhere.length === 0 ? null : (
          <Notice kind="warning">
            <ul className="plain">
              {elsewhere.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Notice>
        )}
        <p className={found === null || found === 0 ? 'muted' : 'field-problem'} role="status">
          {foundText(found, t)}
        </p>
      </ActionForm>
    </Drawer>
  );
}
