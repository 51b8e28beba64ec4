import { useEffect, useState, type ReactNode } from 'react';
import type { CameraChoice } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { RadioList } from '../parts/choice.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useWords } from '../words.tsx';
import { CalibrationSection } from './calibration-section.tsx';
import { cameraDraft, parseGeometry, type GeometryField } from './camera-form.ts';
import { cameraOptions, FIRST_CAMERA } from './camera-options.ts';
import { GeometryFields } from './geometry-fields.tsx';
import { IdentitySection } from './identity-section.tsx';
import { Preview } from './preview.tsx';
import { useCameraList, usePreview, type CameraList } from './use-cameras.ts';
import { useDescribed } from './use-described.ts';

function CameraForm(props: {
  readonly saved: CameraChoice;
  readonly list: CameraList;
  readonly onSaved: (choice: CameraChoice) => void;
}): ReactNode {
  const { t } = useWords();
  const { saved, list } = props;
  const draft = useDraft('camera', cameraDraft(saved));
  const [problems, setProblems] = useState<Problems<GeometryField>>({});
  const { phase, run } = useAction('admin:save-camera');
  const found = list.found?.ok === true ? list.found.value : [];
  const save = (): boolean => {
    const geometry = parseGeometry(draft.value);
    setProblems(geometry.ok ? {} : geometry.problems);
    if (!geometry.ok) return false;
    const { deviceId } = draft.value;
    const label = found.find((device) => device.deviceId === deviceId)?.label ?? saved.label;
    const choice = deviceId === FIRST_CAMERA ? { deviceId: null, label: null } : { deviceId, label };
    void run({ ...choice, geometry: geometry.value }).then((answer) => {
      if (!answer.ok) return;
      draft.discard();
      props.onSaved(answer.value);
    });
    return true;
  };
  const discard = (): void => {
    setProblems({});
    draft.discard();
  };
  return (
    <SettingsForm changed={draft.changed} phase={phase} onSave={save} onDiscard={discard}>
      {list.found?.ok === false ? <FailureNote failure={list.found.error} onRetry={list.reload} /> : null}
      {list.found?.ok === true && found.length === 0 ? <Notice kind="warning">{t('camera.none')}</Notice> : null}
      <RadioList
        legend={t('camera.choose')}
        value={draft.value.deviceId}
        onChoose={(deviceId) => draft.edit({ deviceId })}
        options={cameraOptions(found, saved, t)}
      />
      <GeometryFields draft={draft} problems={problems} />
    </SettingsForm>
  );
}

function ChosenCamera(props: {
  readonly saved: CameraChoice;
  readonly onSaved: (choice: CameraChoice) => void;
}): ReactNode {
  const { t } = useWords();
  const { value, changed } = useDraft('camera', cameraDraft(props.saved));
  const list = useCameraList();
  const [round, setRound] = useState(0);
  const opened = usePreview(value.deviceId === FIRST_CAMERA ? null : value.deviceId, round);
  const { reload } = list;
  const described = useDescribed(opened?.ok === true ? opened.value : null);
  const isOpen = opened?.ok === true;
  // Labels stay empty until a camera was allowed, so the list is read again once one is open.
  useEffect(() => {
    if (isOpen) reload();
  }, [isOpen, reload]);
  return (
    <div className="columns">
      <div>
        <CameraForm saved={props.saved} list={list} onSaved={props.onSaved} />
        <IdentitySection preview={described} />
      </div>
      <div>
        <Preview opened={opened} onRetry={() => setRound((n) => n + 1)} />
        <CalibrationSection preview={described} blocked={changed ? t('calibration.saveFirst') : null} />
      </div>
    </div>
  );
}

/** Which camera looks at the visitor, with a live preview. */
export function CameraPage(): ReactNode {
  const { t } = useWords();
  const saved = useAnswer('admin:camera', null);
  return (
    <Page title={t('section.camera')} summary={t('camera.summary')}>
      <Loaded answer={saved}>{(value) => <ChosenCamera saved={value} onSaved={saved.replace} />}</Loaded>
    </Page>
  );
}
