import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import {
  REVIEW_DECISIONS,
  REVIEW_REASONS,
  type AskedReview,
  type ReviewDecision,
} from '../../../shared/domain/review.ts';
import type { ReviewCase } from '../../../shared/ipc/clerk.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { RadioList, Segments } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { useAction } from '../answers.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { KeyButton } from '../parts/key-button.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { useWords } from '../words.tsx';
import { askedReview, draftProblems, withDecision, type DecisionDraft, type DraftProblems } from './decision-draft.ts';
import { TwoPersons } from './two-persons.tsx';

interface DecisionFormProps {
  readonly shown: ReviewCase;
  readonly action: 'decide' | 'override';
  readonly first: ReviewDecision;
  readonly onDone: (decided: ReviewCase) => void;
  readonly onCancel: () => void;
  /** The record stands otherwise by now: it has to be looked at again. */
  readonly onOld: () => void;
}

function DraftFields(props: {
  readonly draft: DecisionDraft;
  readonly action: 'decide' | 'override';
  readonly problems: DraftProblems;
  readonly onEdit: (draft: DecisionDraft) => void;
}): ReactNode {
  const { t } = useWords();
  const { draft, action, problems, onEdit } = props;
  const n = draft.note.trim().length;
  return (
    <>
      {action === 'override' ? (
        <Segments
          legend={t('decision.which')}
          value={draft.decision}
          options={REVIEW_DECISIONS.map((value) => ({ value, label: t(`decision.${value}`) }))}
          onChoose={(decision) => onEdit(withDecision(draft, decision))}
        />
      ) : null}
      <RadioList
        inline
        legend={problems.reason ? t(problems.reason) : t('decision.reason')}
        invalid={problems.reason !== undefined}
        value={draft.reason ?? ''}
        options={REVIEW_REASONS[draft.decision].map((value) => ({ value, label: t(`decision.reasons.${value}`) }))}
        onChoose={(reason) =>
          onEdit({ ...draft, reason: REVIEW_REASONS[draft.decision].find((one) => one === reason) ?? null })
        }
      />
      <Field
        label={t('decision.note')}
        hint={t('decision.noteHint', { n })}
        problem={problems.note && t(problems.note, { n })}
      >
        {(control) => (
          <textarea
            {...control}
            className="input note"
            rows={2}
            value={draft.note}
            onChange={({ target }) => onEdit({ ...draft, note: target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** The first field that is wrong; of a group of choices its first one. */
function focusWrong(form: HTMLElement): void {
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
  (wrong?.querySelector<HTMLElement>('input') ?? wrong)?.focus();
}

/** A decision of a person: which, why, and a note; with whoever else has to agree. Esc leaves it. */
export function DecisionForm(props: DecisionFormProps): ReactNode {
  const { t } = useWords();
  const { shown, action, onDone } = props;
  const [draft, setDraft] = useState<DecisionDraft>({ decision: props.first, reason: null, note: '' });
  const [problems, setProblems] = useState<DraftProblems>({});
  const [pending, setPending] = useState<AskedReview | null>(null);
  const decide = useAction('clerk:decide');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input[type="radio"]')?.focus(), []);
  useShortcuts({ Escape: props.onCancel });
  const failed = (failure: Failure): Failure => {
    if (failure.code === 'review.decided-meanwhile' || failure.code === 'record.erased') setPending(null);
    return failure;
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const found = draftProblems(draft, action);
    setProblems(found);
    const review = askedReview(shown, draft);
    if (Object.keys(found).length > 0 || review === null) {
      const element = event.currentTarget;
      requestAnimationFrame(() => focusWrong(element));
      return;
    }
    if (shown.secondPerson) return setPending(review);
    const decided = await decide.run({ review, second: null });
    if (decided.ok) onDone(decided.value);
  };
  return (
    <>
      <form
        ref={form}
        className="decision"
        noValidate
        aria-label={t(action === 'override' ? 'decision.overrideTitle' : 'decision.title')}
        onSubmit={(event) => void submit(event)}
      >
        <h2>{t(action === 'override' ? 'decision.overrideTitle' : `decision.${draft.decision}`)}</h2>
        <DraftFields draft={draft} action={action} problems={problems} onEdit={setDraft} />
        <p className="muted">{t('decision.keeps')}</p>
        {decide.failure === null ? null : <FailureNote failure={decide.failure} onRetry={props.onOld} />}
        <div className="save-bar">
          <KeyButton shortcut="Esc" onPress={props.onCancel}>
            {t('decision.cancel')}
          </KeyButton>
          <button type="submit" className="button button-primary" disabled={decide.running}>
            {t(decide.running ? 'decision.running' : 'decision.submit')}
          </button>
        </div>
      </form>
      {pending === null ? null : (
        <TwoPersons review={pending} action={action} onDone={onDone} onFailed={failed} onNo={() => setPending(null)} />
      )}
    </>
  );
}
