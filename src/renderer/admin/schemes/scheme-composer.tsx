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
import { useChecked } from '../use-checked.ts';
import { useWords } from '../words.tsx';
import { ListFields, ModeFields, PartFields } from './composer-parts.tsx';
import { parseScheme, schemeDraft, type SchemeField } from './scheme-form.ts';

/** Which field of the form a path of main's rules stands for. */
export function schemeFieldOf(path: string): SchemeField | null {
  const [first = ''] = path.split('.');
  switch (first) {
    case 'liveness':
      return 'livenessKind';
    case 'id':
    case 'actor':
    case 'identity':
    case 'cardPictures':
    case 'reference':
    case 'check':
    case 'decides':
    case 'asks':
    case 'inputs':
    case 'outputs':
    case 'hosted':
      return first;
    default:
      return null;
  }
}

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
  // A code that isn't typed yet keeps nobody from looking at the rest.
  const lookedAt = parseScheme({ ...draft.value, id: draft.value.id.trim() === '' ? 'New-scheme' : draft.value.id });
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
  const problems = { ...atFields, ...(tried && !result.ok ? result.problems : {}) };
  return { draft, problems, elsewhere, checked, phase, submit };
}

/** Puts a scheme together from all parts; what contradicts itself is told while it is chosen. */
export function SchemeComposer(props: ComposerProps): ReactNode {
  const { t } = useWords();
  const { draft, problems, elsewhere, checked, phase, submit } = useComposer(props);
  const found = checked.problems?.length ?? 0;
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
        {checked.failure === null ? null : <FailureNote failure={checked.failure} />}
        {elsewhere.length === 0 ? null : (
          <Notice kind="warning">
            <ul className="plain">
              {elsewhere.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Notice>
        )}
        <p className={found > 0 ? 'field-problem' : 'muted'} role="status">
          {checked.problems === null
            ? t('schemes.composer.checking')
            : found === 0
              ? t('schemes.composer.sound')
              : t('schemes.composer.unsound', { n: found })}
        </p>
      </ActionForm>
    </Drawer>
  );
}
