import { useState, type FormEvent, type ReactNode } from 'react';
import type { AdminGate } from '../../../shared/ipc/admin.ts';
import { useAction } from '../answers.ts';
import type { Problems } from '../form-problem.ts';
import { focusFirstProblem } from '../parts/focus-problem.ts';
import { TextField } from '../parts/field.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';
import { GateFrame, usePinText } from './gate-frame.tsx';
import { parseNewPin, type PinDraft } from './pin-form.ts';

/** First start: nobody has a PIN yet, so one is made. */
export function CreatePin(props: { readonly onGate: (gate: AdminGate) => void }): ReactNode {
  const { t } = useWords();
  const [pin, setPin] = usePinText();
  const [repeated, setRepeated] = usePinText();
  const [problems, setProblems] = useState<Problems<keyof PinDraft>>({});
  const { phase, run } = useAction('admin:set-pin');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const result = parseNewPin({ pin, repeated });
    setProblems(result.ok ? {} : result.problems);
    if (!result.ok) return focusFirstProblem(event.currentTarget);
    const answer = await run(result.value);
    if (answer.ok) props.onGate(answer.value);
  };
  return (
    <GateFrame title={t('gate.createTitle')} summary={t('gate.createSummary')}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('gate.newPin')}
          hint={t('gate.pinHint')}
          problem={problems.pin}
          value={pin}
          onEdit={setPin}
          secret
          numeric
        />
        <TextField
          label={t('gate.repeatPin')}
          problem={problems.repeated}
          value={repeated}
          onEdit={setRepeated}
          secret
          numeric
        />
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        <button type="submit" className="button button-primary button-wide" disabled={phase.state === 'running'}>
          {t('gate.create')}
        </button>
      </form>
    </GateFrame>
  );
}
