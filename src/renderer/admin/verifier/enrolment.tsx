import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { OfferedServerKey } from '../../../shared/ipc/admin-connection.ts';
import type { VerifierStatus } from '../../../shared/ipc/admin.ts';
import { useAction, type ActionPhase } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { timeOfDay } from '../formats.ts';
import { TextField } from '../parts/field.tsx';
import { focusFirstProblem } from '../parts/focus-problem.ts';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useKept } from '../use-kept.ts';
import { ChangeableBy } from '../parts/read-only.tsx';
import { useWords } from '../words.tsx';
import { FingerprintGroups } from './fingerprint.tsx';
import { parseEnrolment, type EnrolmentDraft } from './verifier-form.ts';

/** The server's key, which nobody trusts before somebody has compared it. */
function Comparing(props: {
  readonly offered: OfferedServerKey;
  readonly phase: ActionPhase;
  readonly onSame: () => void;
  readonly onDiffers: () => void;
}): ReactNode {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const running = props.phase.state === 'running';
  return (
    <div className="comparing" role="group" aria-labelledby="compare-title">
      <h3 id="compare-title" ref={heading} tabIndex={-1}>
        {t('connection.enrol.compareTitle')}
      </h3>
      <p>{t('connection.enrol.compareText', { address: props.offered.address })}</p>
      <FingerprintGroups fingerprint={props.offered.fingerprint} />
      {props.phase.state === 'failed' ? <FailureNote failure={props.phase.failure} /> : null}
      <div className="save-bar">
        <button type="button" className="button button-primary" disabled={running} onClick={props.onSame}>
          {t('connection.enrol.same')}
        </button>
        <button type="button" className="button" disabled={running} onClick={props.onDiffers}>
          {t('connection.enrol.differs')}
        </button>
        <span role="status">{running ? t('verifier.enrolling') : null}</span>
      </div>
    </div>
  );
}

/** Somebody has seen that the key is another one. */
function Differs(props: { readonly onStartOver: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <div role="alert">
      <Notice kind="warning">
        <strong>{t('connection.enrol.differsTitle')}</strong> {t('connection.enrol.differsText')}
      </Notice>
      <button type="button" className="button" onClick={props.onStartOver}>
        {t('connection.enrol.startOver')}
      </button>
    </div>
  );
}

interface EnrolmentProps {
  readonly status: VerifierStatus;
  readonly onEnrolled: (status: VerifierStatus) => void;
}

function useEnrolment({ status, onEnrolled }: EnrolmentProps) {
  const draft = useDraft<EnrolmentDraft>('verifier', { address: status.address ?? '', code: '' });
  const [problems, setProblems] = useState<Problems<keyof EnrolmentDraft>>({});
  const [differs, setDiffers] = useState(false);
  const offer = useKept('admin:verifier-key');
  const enrol = useAction('admin:enrol');
  const startOver = (): void => {
    setDiffers(false);
    enrol.reset();
    offer.forget();
  };
  const edit = (patch: Partial<EnrolmentDraft>): void => {
    startOver();
    draft.edit(patch);
  };
  const show = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    startOver();
    const result = parseEnrolment(draft.value);
    setProblems(result.ok ? {} : result.problems);
    if (!result.ok) return focusFirstProblem(event.currentTarget);
    await offer.run({ address: result.value.address });
  };
  const trust = async ({ fingerprint }: OfferedServerKey): Promise<void> => {
    const result = parseEnrolment(draft.value);
    if (!result.ok) return;
    const answer = await enrol.run({ ...result.value, fingerprint });
    if (!answer.ok) return;
    draft.discard();
    offer.forget();
    onEnrolled(answer.value);
  };
  return { draft, edit, problems, offer, enrol, differs, setDiffers, show, trust, startOver };
}

/** Enrols this terminal by a one-time code, once somebody has compared the server's key. */
export function Enrolment(props: EnrolmentProps): ReactNode {
  const { t } = useWords();
  const { draft, edit, problems, offer, enrol, differs, setDiffers, show, trust, startOver } = useEnrolment(props);
  const offered = offer.value;
  return (
    <Section title={props.status.enrolled ? t('verifier.enrolAgain') : t('verifier.enrolTitle')}>
      {props.status.enrolled ? <Notice kind="info">{t('verifier.enrolAgainNote')}</Notice> : null}
      <ChangeableBy right="change-settings">
        <form noValidate onSubmit={(event) => void show(event)}>
          <TextField
            label={t('verifier.address')}
            hint={t('verifier.addressHint')}
            value={draft.value.address}
            problem={problems.address}
            onEdit={(address) => edit({ address })}
            placeholder="https://verifier.example"
          />
          <TextField
            label={t('verifier.code')}
            hint={t('verifier.codeHint')}
            value={draft.value.code}
            problem={problems.code}
            onEdit={(code) => edit({ code })}
            width="short"
            maxLength={24}
          />
          {offer.phase.state === 'failed' ? <FailureNote failure={offer.phase.failure} /> : null}
          {offered === null ? (
            <div className="save-bar">
              <button type="submit" className="button button-primary" disabled={offer.phase.state === 'running'}>
                {t('connection.enrol.show')}
              </button>
              <span role="status">
                {offer.phase.state === 'running' ? t('connection.enrol.asking') : null}
                {enrol.phase.state === 'done' ? (
                  <span className="saved">{t('verifier.enrolledAt', { time: timeOfDay(enrol.phase.atMs) })}</span>
                ) : null}
              </span>
            </div>
          ) : null}
        </form>
        {offered === null || differs ? null : (
          <Comparing
            offered={offered}
            phase={enrol.phase}
            onSame={() => void trust(offered)}
            onDiffers={() => setDiffers(true)}
          />
        )}
        {differs ? <Differs onStartOver={startOver} /> : null}
      </ChangeableBy>
    </Section>
  );
}
