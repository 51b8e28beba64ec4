import { useState, type ReactNode } from 'react';
import type { SettingsFileStatus } from '../../../shared/ipc/admin-settings-file.ts';
import { useAction, type Answer } from '../answers.ts';
import { grouped } from '../formats.ts';
import { CheckRow } from '../parts/choice.tsx';
import { downloadBytes } from '../parts/download.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Loaded, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

/** All settings as one signed file. */
export function ExportSection({ status }: { readonly status: Answer<SettingsFileStatus> }): ReactNode {
  const { t } = useWords();
  const [devices, setDevices] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const { phase, run } = useAction('admin:export-settings');
  const save = async (): Promise<void> => {
    const result = await run({ devices });
    if (!result.ok) return;
    downloadBytes(result.value.name, result.value.text, 'application/json');
    setSaved(result.value.name);
  };
  return (
    <Section title={t('settingsFile.export.title')}>
      <p className="muted">{t('settingsFile.export.lead')}</p>
      <Loaded answer={status}>
        {({ fingerprint }) => (
          <Facts
            facts={[
              {
                name: t('settingsFile.export.own'),
                value: <span className="code fingerprint">{grouped(fingerprint)}</span>,
              },
            ]}
          />
        )}
      </Loaded>
      <CheckRow
        label={t('settingsFile.export.devices')}
        note={t('settingsFile.export.devicesNote')}
        checked={devices}
        onToggle={setDevices}
      />
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      <p className="buttons">
        <button type="button" className="button" disabled={phase.state === 'running'} onClick={() => void save()}>
          {t('settingsFile.export.run')}
        </button>
        <span role="status">
          {saved === null || phase.state !== 'done' ? null : t('settingsFile.export.done', { name: saved })}
        </span>
      </p>
    </Section>
  );
}
