import { useState, type ReactNode } from 'react';
import type { VerifierStatus } from '../../../shared/ipc/admin.ts';
import { useAnswer } from '../answers.ts';
import { RadioList } from '../parts/choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { Loaded } from '../parts/page.tsx';
import { ConnectionTest } from '../verifier/connection-test.tsx';
import { DirectSection } from '../verifier/direct-section.tsx';
import { Enrolment } from '../verifier/enrolment.tsx';
import { useWords } from '../words.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';

const WAYS = ['none', 'enrol', 'direct'] as const;
type Way = (typeof WAYS)[number];

function Choose(
  props: StepProps & { readonly status: VerifierStatus; readonly onStatus: (status: VerifierStatus) => void },
): ReactNode {
  const { t } = useWords();
  const { status, onStatus } = props;
  const direct = useAnswer('admin:direct-verifier', null);
  const isDirect = (direct.value?.setting ?? null) !== null;
  const [chosen, setChosen] = useState<Way | null>(null);
  const way = chosen ?? (isDirect ? 'direct' : status.enrolled ? 'enrol' : 'none');
  const ready = way === 'none' || (way === 'enrol' && status.enrolled) || (way === 'direct' && isDirect);
  return (
    <StepFrame {...props} step="verifier" ready={ready} outcome={way === 'none' ? 'not-here' : 'done'}>
      <RadioList<Way>
        legend={t('setup.verifier.legend')}
        value={way}
        onChoose={(next) => {
          setChosen(next);
          direct.reload();
        }}
        options={WAYS.map((one) => ({
          value: one,
          label: t(`setup.verifier.${one}`),
          note: t(`setup.verifier.${one}Note`),
        }))}
      />
      {way === 'enrol' ? (
        <div className="columns">
          <div>
            <div className="setup-result" role="status">
              {status.enrolled ? (
                <Mark tone="good">{t('setup.verifier.enrolled', { address: status.address ?? '' })}</Mark>
              ) : null}
            </div>
            <Enrolment status={status} onEnrolled={onStatus} />
          </div>
          <ConnectionTest address={null} blocked={!status.enrolled} />
        </div>
      ) : null}
      {way === 'direct' ? <DirectSection onSaved={direct.replace} /> : null}
    </StepFrame>
  );
}

/** Who confirms this terminal's records. */
export function VerifierStep(props: StepProps): ReactNode {
  const status = useAnswer('admin:verifier', null);
  return <Loaded answer={status}>{(value) => <Choose {...props} status={value} onStatus={status.replace} />}</Loaded>;
}
