import { useEffect, useState, type ReactNode } from 'react';
import type { CameraChoice } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import { RadioList } from '../parts/choice.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useParsedForm } from '../use-parsed-form.ts';
import { useWords } from '../words.tsx';
import { CalibrationSection } from './calibration-section.tsx';
import { cameraDraft, parseCamera } from './camera-form.ts';
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
  const found = list.found?.ok === true ? list.found.value : [];
  const { problems, form } = useParsedForm({
    draft,
    parse: (value) => parseCamera(value, found, saved),
    action: useAction('admin:save-camera'),
    onSaved: props.onSaved,
  });
  return (
    <SettingsForm {...form}>
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
  const [calibrating, setCalibrating] = useState(false);
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
        <Preview opened={opened} resting={calibrating} onRetry={() => setRound((n) => n + 1)} />
        <CalibrationSection
          preview={described}
          blocked={changed ? t('calibration.saveFirst') : null}
          onOpen={setCalibrating}
        />
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
