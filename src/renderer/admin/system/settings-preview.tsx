import { useState, type ReactNode } from 'react';
import type { SettingsFilePreview } from '../../../shared/domain/settings-file.ts';
import type { SettingsFileSource, SettingsFileStatus } from '../../../shared/ipc/admin-settings-file.ts';
import { useAction, useAnswer } from '../answers.ts';
import { dateTime, grouped } from '../formats.ts';
import { CheckRow } from '../parts/choice.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { ChangeTable } from './change-table.tsx';

function Origin({ preview }: { readonly preview: SettingsFilePreview }): ReactNode {
  const { t } = useWords();
  const { signer, appVersion, exportedAtMs, exportedBy } = preview;
  const tone = signer.trust === 'unknown' ? 'warning' : 'good';
  return (
    <>
      <p>
        {t('settingsFile.import.from', {
          device: signer.deviceId,
          version: appVersion,
          time: dateTime(exportedAtMs),
        })}
      </p>
      {exportedBy === null ? null : <p>{t('settingsFile.import.by', { name: exportedBy })}</p>}
      <p>
        <Mark tone={tone}>{t(`settingsFile.import.trust.${signer.trust}`)}</Mark>
      </p>
      {signer.trust === 'unknown' ? (
        <Notice kind="warning">
          {t('settingsFile.import.compare', { device: signer.deviceId })}
          <span className="code fingerprint">{grouped(signer.fingerprint)}</span>
        </Notice>
      ) : null}
    </>
  );
}

interface ReviewProps {
  readonly preview: SettingsFilePreview;
  readonly source: SettingsFileSource;
  readonly devices: boolean;
  readonly onDone: (status: SettingsFileStatus | null) => void;
  readonly onStale: () => void;
}

function Review({ preview, source, devices, onDone, onStale }: ReviewProps): ReactNode {
  const { t } = useWords();
  const [compared, setCompared] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const { phase, run } = useAction('admin:apply-settings');
  const { signer, changes, notes, revision } = preview;
  const changing = notes.some(({ note }) => note === 'scheme-changes');
  const ready = (signer.trust !== 'unknown' || compared) && (!changing || confirmed) && changes.length > 0;
  const apply = async (): Promise<void> => {
    const pin = signer.trust === 'unknown' && compared ? signer.fingerprint : null;
    const result = await run({ source, devices, pin, confirmed, revision });
    if (result.ok) onDone(result.value.status);
  };
  const stale = phase.state === 'failed' && phase.failure.code === 'settings.changed-meanwhile';
  return (
    <>
      <Origin preview={preview} />
      {notes.length === 0 ? null : (
        <ul className="preview-notes">
          {notes.map(({ note, id, records }) => (
            <li key={`${note} ${id}`}>{t(`settingsFile.import.notes.${note}`, { id, records })}</li>
          ))}
        </ul>
      )}
      <ChangeTable changes={changes} />
      {signer.trust === 'unknown' ? (
        <CheckRow
          label={t('settingsFile.import.compared')}
          note={t('settingsFile.import.comparedNote')}
          checked={compared}
          onToggle={setCompared}
        />
      ) : null}
      {changing ? (
        <CheckRow
          label={t('settingsFile.import.confirmed')}
          note={t('settingsFile.import.confirmedNote')}
          checked={confirmed}
          onToggle={setConfirmed}
        />
      ) : null}
      {phase.state === 'failed' ? (
        <FailureNote failure={phase.failure} {...(stale ? { onRetry: onStale } : {})} />
      ) : null}
      <div className="save-bar">
        <button
          type="button"
          className="button button-primary"
          disabled={!ready || phase.state === 'running'}
          onClick={() => void apply()}
        >
          {t(phase.state === 'running' ? 'state.working' : 'settingsFile.import.apply')}
        </button>
        <button type="button" className="button" onClick={() => onDone(null)}>
          {t('action.cancel')}
        </button>
      </div>
    </>
  );
}

/** Every change that a file would make, before it is made. `onDone` gets what is so afterwards; null: nothing changed. */
export function SettingsPreview(props: {
  readonly source: SettingsFileSource;
  readonly onDone: (status: SettingsFileStatus | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { source, onDone } = props;
  const [devices, setDevices] = useState(source.from === 'backup');
  const preview = useAnswer('admin:preview-settings', { source, devices });
  return (
    <Drawer title={t('settingsFile.import.preview')} wide onClose={() => onDone(null)}>
      <Loaded answer={preview}>
        {(value) => (
          <>
            {value.hasDevices ? (
              <CheckRow
                label={t('settingsFile.export.devices')}
                note={t('settingsFile.export.devicesNote')}
                checked={devices}
                onToggle={setDevices}
              />
            ) : null}
            <Review preview={value} source={source} devices={devices} onDone={onDone} onStale={preview.reload} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
