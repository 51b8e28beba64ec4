import { useState, type ReactNode } from 'react';
import type { CalibrationStatus } from '../../../shared/ipc/admin-camera.ts';
import type { CameraSource } from '../../../shared/ipc/camera-source.ts';
import { useAnswer } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { Facts, Loaded, Section } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
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
  /** Told while the guided step is open: the camera and the models are its alone then. */
  readonly onOpen: (open: boolean) => void;
}): ReactNode {
  const { t } = useWords();
  const { preview, blocked } = props;
  const status = useAnswer('admin:calibration', {
    camera: preview && { label: preview.label, width: preview.width, height: preview.height },
    opened: preview?.opened ?? null,
    screen: screenSize(),
  });
  // The source as it stood at the opening: the status is asked for anew when the preview ends, and a source that changes
  // under the guided step would open the camera again and end a recording.
  const [openedWith, setOpenedWith] = useState<CameraSource | null>(null);
  const open = (source: CameraSource | null): void => {
    setOpenedWith(source);
    props.onOpen(source !== null);
  };
  const { replace } = status;
  return (
    <Section title={t('calibration.title')}>
      <Loaded answer={status}>
        {(value) => (
          <>
            <Status status={value} />
            {blocked === null ? null : <p className="muted">{blocked}</p>}
            <ChangeableBy right="change-settings">
              <button type="button" className="button" disabled={blocked !== null} onClick={() => open(value.source)}>
                {t(value.calibration === null ? 'calibration.open' : 'calibration.openAgain')}
              </button>
            </ChangeableBy>
            {openedWith ? (
              <CalibrationDialog
                source={openedWith}
                onStored={(ended) => {
                  if (ended.state === 'stored') {
                    replace({ source: openedWith, calibration: ended.calibration, validity: 'valid' });
                  }
                }}
                onClose={() => open(null)}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </Section>
  );
}
