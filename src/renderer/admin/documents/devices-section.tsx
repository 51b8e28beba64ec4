import { useState, type ReactNode } from 'react';
import type { DocumentDevices } from '../../../shared/domain/document-devices.ts';
import { useAction } from '../answers.ts';
import { useCameraList } from '../camera/use-cameras.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { RadioList } from '../parts/choice.tsx';
import { Field, TextField } from '../parts/field.tsx';
import { Section } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useWords } from '../words.tsx';
import { devicesDraft, parseDevices, SAME_CAMERA, ZONE_BAUD_RATES, type DevicesField } from './devices-form.ts';

/** What documents are read with beside the card reader. */
export function DevicesSection(props: {
  readonly saved: DocumentDevices;
  readonly onSaved: (devices: DocumentDevices) => void;
}): ReactNode {
  const { t } = useWords();
  const draft = useDraft('documents', devicesDraft(props.saved));
  const [problems, setProblems] = useState<Problems<DevicesField>>({});
  const { phase, run } = useAction('admin:save-document-devices');
  const list = useCameraList();
  const found = list.found?.ok === true ? list.found.value : [];
  const { value, edit } = draft;
  const chosen = props.saved.camera;
  const cameras = found.map(({ deviceId, label }, at) => ({
    value: deviceId,
    label: label === '' ? t('camera.unnamed', { n: at + 1 }) : label,
  }));
  const gone = chosen?.deviceId && !found.some(({ deviceId }) => deviceId === chosen.deviceId) ? chosen : null;
  const save = (): boolean => {
    const label = found.find(({ deviceId }) => deviceId === value.camera)?.label ?? chosen?.label ?? null;
    const result = parseDevices(value, label);
    setProblems(result.ok ? {} : result.problems);
    if (!result.ok) return false;
    void run(result.value).then((answer) => {
      if (!answer.ok) return;
      draft.discard();
      props.onSaved(answer.value);
    });
    return true;
  };
  return (
    <Section title={t('documents.devices.title')}>
      <SettingsForm changed={draft.changed} phase={phase} onSave={save} onDiscard={draft.discard}>
        <RadioList
          legend={t('documents.devices.camera')}
          value={value.camera}
          onChoose={(camera) => edit({ camera })}
          options={[
            {
              value: SAME_CAMERA,
              label: t('documents.devices.sameCamera'),
              note: t('documents.devices.sameCameraNote'),
            },
            ...cameras,
            ...(gone
              ? [{ value: gone.deviceId ?? '', label: gone.label ?? t('camera.savedOne'), note: t('camera.gone') }]
              : []),
          ]}
        />
        <RadioList
          legend={t('documents.devices.chip')}
          value={value.chip}
          onChoose={(chip) => edit({ chip })}
          options={[
            { value: 'off', label: t('documents.devices.chipOff') },
            { value: 'any', label: t('documents.devices.chipAny') },
            { value: 'named', label: t('documents.devices.chipNamed') },
          ]}
        />
        {value.chip === 'named' ? (
          <TextField
            label={t('documents.devices.chipName')}
            value={value.chipName}
            problem={problems.chipName}
            onEdit={(chipName) => edit({ chipName })}
          />
        ) : null}
        {value.chip === 'off' ? null : (
          <TextField
            label={t('documents.devices.certificates')}
            hint={t('documents.devices.certificatesHint')}
            value={value.certificates}
            onEdit={(certificates) => edit({ certificates })}
          />
        )}
        <RadioList
          legend={t('documents.devices.zone')}
          value={value.zone}
          onChoose={(zone) => edit({ zone })}
          options={[
            { value: 'off', label: t('documents.devices.zoneOff') },
            { value: 'keyboard', label: t('documents.devices.zoneKeyboard') },
            { value: 'serial', label: t('documents.devices.zoneSerial') },
          ]}
        />
        {value.zone === 'serial' ? (
          <div className="pair-grid">
            <TextField
              label={t('documents.devices.path')}
              value={value.path}
              problem={problems.path}
              onEdit={(path) => edit({ path })}
            />
            <Field label={t('documents.devices.baud')}>
              {(control) => (
                <select
                  {...control}
                  className="input"
                  value={value.baud}
                  onChange={({ target }) => edit({ baud: target.value })}
                >
                  {ZONE_BAUD_RATES.map((rate) => (
                    <option key={rate} value={String(rate)}>
                      {rate}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        ) : null}
      </SettingsForm>
    </Section>
  );
}
