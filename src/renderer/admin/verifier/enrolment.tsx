import { useState, type FormEvent, type ReactNode } from 'react';
import type { VerifierStatus } from '../../../shared/ipc/admin.ts';
import { useAction } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { focusFirstProblem } from '../parts/focus-problem.ts';
import { timeOfDay } from '../formats.ts';
import { TextField } from '../parts/field.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { parseEnrolment, type EnrolmentDraft } from './verifier-form.ts';

/** Enrols this terminal with a verifier by a one-time code. */
export function Enrolment(props: {
  readonly status: VerifierStatus;
  readonly onEnrolled: (status: VerifierStatus) => void;
}): ReactNode {
  const { t } = useWords();
  const draft = useDraft<EnrolmentDraft>('verifier', { address: props.status.address ?? '', code: '' });
  const [problems, setProblems] = useState<Problems<keyof EnrolmentDraft>>({});
  const { phase, run } = useAction('admin:enrol');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const result = parseEnrolment(draft.value);
    setProblems(result.ok ? {} : result.problems);
    if (!result.ok) return focusFirstProblem(event.currentTarget);
    const answer = await run(result.value);
    if (!answer.ok) return;
    draft.discard();
    props.onEnrolled(answer.value);
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Section title={props.status.enrolled ? t('verifier.enrolAgain') : t('verifier.enrolTitle')}>
        {props.status.enrolled ? <Notice kind="info">{t('verifier.enrolAgainNote')}</Notice> : null}
        <TextField
          label={t('verifier.address')}
          hint={t('verifier.addressHint')}
          value={draft.value.address}
          problem={problems.address}
          onEdit={(address) => draft.edit({ address })}
          placeholder="https://verifier.example"
        />
        <TextField
          label={t('verifier.code')}
          hint={t('verifier.codeHint')}
          value={draft.value.code}
          problem={problems.code}
          onEdit={(code) => draft.edit({ code })}
          width="short"
          maxLength={24}
        />
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        <div className="save-bar">
          <button type="submit" className="button button-primary" disabled={phase.state === 'running'}>
            {t('verifier.enrol')}
          </button>
          <span role="status">
            {phase.state === 'running' ? t('verifier.enrolling') : null}
            {phase.state === 'done' ? (
              <span className="saved">{t('verifier.enrolledAt', { time: timeOfDay(phase.atMs) })}</span>
            ) : null}
          </span>
        </div>
      </Section>
    </form>
  );
}
