import { useState, type ReactNode } from 'react';
import type { CalibrationStatus } from '../../../shared/ipc/admin-camera.ts';
import { useAnswer } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { Facts, Loaded, Section } from '../parts/page.tsx';
import type { Tone } from '../parts/tone.ts';
import { useWords } from '../words.tsx';
import { CalibrationDialog } from './calibration-dialog.tsx';
import { calibrationFacts } from './calibration-facts.ts';
import { screenSize } from './screen-size.ts';
import type { DescribedPreview } from './use-described.ts';

const TONES: Readonly<Record<CalibrationStatus['validity'], Tone>> = {
  none: 'off',
  valid: 'good',
  unknown: 'waiting',
  'camera-changed': 'warning',
  'screen-changed': 'warning',
};

function Status(props: { readonly status: CalibrationStatus }): ReactNode {
  const { t, language } = useWords();
  const { calibration, validity } = props.status;
  return (
    <>
      <Mark tone={TONES[validity]}>{t(`calibration.validity.${validity}`)}</Mark>
      {calibration === null ? (
        <p className="muted">{t('calibration.noneNote')}</p>
      ) : (
        <Facts facts={calibrationFacts(calibration, { t, language })} />
      )}
    </>
  );
}

/** What this terminal has learned about its camera and its screen, and the guided step that learns it. */
export function CalibrationSection(props: {
  readonly preview: DescribedPreview | null;
  /** Why it can't be started now; null when it can. */
  readonly blocked: string | null;
}): ReactNode {
  const { t } = useWords();
  const { preview, blocked } = props;
  const status = useAnswer('admin:calibration', {
    camera: preview && { label: preview.label, width: preview.width, height: preview.height },
    opened: preview?.opened ?? null,
    screen: screenSize(),
  });
  const [open, setOpen] = useState(false);
  const { replace } = status;
  return (
    <Section title={t('calibration.title')}>
      <Loaded answer={status}>
        {(value) => (
          <>
            <Status status={value} />
            {blocked === null ? null : <p className="muted">{blocked}</p>}
            <button type="button" className="button" disabled={blocked !== null} onClick={() => setOpen(true)}>
              {t(value.calibration === null ? 'calibration.open' : 'calibration.openAgain')}
            </button>
            {open ? (
              <CalibrationDialog
                source={value.source}
                onStored={(ended) => {
                  if (ended.state === 'stored') {
                    replace({ source: value.source, calibration: ended.calibration, validity: 'valid' });
                  }
                }}
                onClose={() => setOpen(false)}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </Section>
  );
}
