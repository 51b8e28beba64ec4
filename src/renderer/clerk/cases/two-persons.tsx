import { useState, type ReactNode } from 'react';
import type { AskedReview } from '../../../shared/domain/review.ts';
import type { ReviewCase } from '../../../shared/ipc/clerk.ts';
import type { Credentials } from '../../../shared/ipc/staff.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { ConfirmBySecret } from '../../staff/confirm-by-secret.tsx';
import { ask, useAnswer } from '../answers.ts';
import { useEnvironment, useViewer } from '../environment.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { useWords } from '../words.tsx';

/** As main marks a failure that is about the person who has signed in. */
const OWN_SECRET = 'own secret';

/** A decision that takes two: for an override first whoever has signed in, once more, then a colleague. */
export function TwoPersons(props: {
  readonly review: AskedReview;
  readonly action: 'decide' | 'override';
  readonly onDone: (decided: ReviewCase) => void;
  readonly onFailed: (failure: Failure) => Failure;
  readonly onNo: () => void;
}): ReactNode {
  const { t } = useWords();
  const { bridge, clock } = useEnvironment();
  const { staff } = useViewer();
  const { review, action } = props;
  const [own, setOwn] = useState<string | null>(null);
  const [ownWasWrong, setOwnWasWrong] = useState(false);
  const right = action === 'override' ? 'override' : 'decide-reviews';
  const choices = useAnswer('clerk:staff-choices', { right });
  const summary = (
    <p>
      <strong>
        {t('decision.summary', {
          decision: t(`decision.${review.decision}`),
          reason: t(`decision.reasons.${review.reason}`),
        })}
      </strong>
    </p>
  );
  const send = async (second: Credentials): Promise<Failure | null> => {
    const decided =
      action === 'override'
        ? await ask(bridge, 'clerk:override', { review, secret: own ?? '', second })
        : await ask(bridge, 'clerk:decide', { review, second });
    if (decided.ok) {
      props.onDone(decided.value);
      return null;
    }
    if (decided.error.detail === OWN_SECRET) {
      setOwn(null);
      setOwnWasWrong(true);
    }
    return props.onFailed(decided.error);
  };
  // The dialog begins with its field: it is shown once there is one.
  if (choices.value === null) {
    return choices.failure && <FailureNote failure={choices.failure} onRetry={choices.reload} />;
  }
  const common = { choices: choices.value, clock, onChoicesOld: choices.reload, onNo: props.onNo };
  if (action === 'override' && own === null) {
    return (
      <ConfirmBySecret
        {...common}
        key="own"
        title={t('decision.ownTitle')}
        yes={t('decision.continue')}
        choices={choices.value.filter(({ staffId }) => staffId === staff.staffId)}
        suggested={staff.staffId}
        otherThan={null}
        confirm={async ({ secret }) => {
          setOwn(secret);
          return null;
        }}
      >
        {summary}
        <p>{t(ownWasWrong ? 'decision.ownAgain' : 'decision.ownNote')}</p>
      </ConfirmBySecret>
    );
  }
  return (
    <ConfirmBySecret
      {...common}
      key="second"
      title={t('decision.secondTitle')}
      yes={t('decision.submit')}
      suggested={null}
      otherThan={staff.staffId}
      confirm={send}
    >
      {summary}
    </ConfirmBySecret>
  );
}
