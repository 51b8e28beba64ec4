import { useEffect, useState, type ReactNode } from 'react';
import type { CameraChoice } from '../../../shared/ipc/admin.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import { useAction, useAnswer } from '../answers.ts';
import { cameraOptions, FIRST_CAMERA } from '../camera/camera-options.ts';
import { PreviewPicture } from '../camera/preview.tsx';
import { QualityFacts, useLiveQuality } from '../camera/quality-overlay.tsx';
import { StreamFacts } from '../camera/stream-facts.tsx';
import { useCameraList, usePreview } from '../camera/use-cameras.ts';
import type { CameraPreview } from '../environment.ts';
import { RadioList } from '../parts/choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';

type Opened = Result<CameraPreview, Failure> | null;

function Look(props: { readonly opened: Opened; readonly onRetry: () => void }): ReactNode {
  const { opened } = props;
  const preview = opened?.ok === true ? opened.value : null;
  const quality = useLiveQuality(preview);
  return (
    <>
      <PreviewPicture opened={opened} quality={quality} />
      {opened?.ok === false ? <FailureNote failure={opened.error} onRetry={props.onRetry} /> : null}
      {preview === null ? null : <StreamFacts preview={preview} />}
      {quality.failure === null ? null : <FailureNote failure={quality.failure} />}
      {quality.reading === null ? null : <QualityFacts reading={quality.reading} />}
    </>
  );
}

function Choose(
  props: StepProps & { readonly saved: CameraChoice; readonly onSaved: (saved: CameraChoice) => void },
): ReactNode {
  const { t } = useWords();
  const { saved, onSaved } = props;
  const system = useAnswer('admin:system', null);
  const list = useCameraList();
  const [deviceId, setDeviceId] = useState(saved.deviceId ?? FIRST_CAMERA);
  const [round, setRound] = useState(0);
  const opened = usePreview(deviceId === FIRST_CAMERA ? null : deviceId, round);
  const { phase, run } = useAction('admin:save-camera');
  const { reload } = list;
  const isOpen = opened?.ok === true;
  // Labels stay empty until a camera was allowed.
  useEffect(() => {
    if (isOpen) reload();
  }, [isOpen, reload]);
  const found = list.found?.ok === true ? list.found.value : [];
  const demo = system.value?.demo === true;
  const same = (saved.deviceId ?? FIRST_CAMERA) === deviceId;
  const save = async (): Promise<void> => {
    const label = found.find((device) => device.deviceId === deviceId)?.label ?? saved.label;
    const chosen = deviceId === FIRST_CAMERA ? { deviceId: null, label: null } : { deviceId, label };
    const answer = await run({ ...chosen, geometry: saved.geometry });
    if (answer.ok) onSaved(answer.value);
  };
  return (
    <StepFrame {...props} step="camera" ready={isOpen && (same || demo)}>
      <div className="columns">
        <div>
          {demo ? <Notice kind="demo">{t('setup.camera.simulated')}</Notice> : null}
          {list.found?.ok === false ? <FailureNote failure={list.found.error} onRetry={reload} /> : null}
          {demo ? null : (
            <RadioList
              legend={t('camera.choose')}
              value={deviceId}
              onChoose={setDeviceId}
              options={cameraOptions(found, saved, t)}
            />
          )}
          <div className="setup-result" role="status">
            {demo ? null : same ? (
              <Mark tone="good">{t('setup.camera.saved')}</Mark>
            ) : (
              <>
                <Mark tone="waiting">{t('setup.camera.notSaved')}</Mark>
                <button
                  type="button"
                  className="button"
                  disabled={phase.state === 'running'}
                  onClick={() => void save()}
                >
                  {t('setup.camera.save')}
                </button>
              </>
            )}
          </div>
          {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        </div>
        <div>
          <Look opened={opened} onRetry={() => setRound((n) => n + 1)} />
        </div>
      </div>
    </StepFrame>
  );
}

/** Which camera looks at the visitor, seen at work. */
export function CameraStep(props: StepProps): ReactNode {
  const saved = useAnswer('admin:camera', null);
  return <Loaded answer={saved}>{(value) => <Choose {...props} saved={value} onSaved={saved.replace} />}</Loaded>;
}
