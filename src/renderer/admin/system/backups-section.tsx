import { useState, type ReactNode } from 'react';
import type { SettingsBackup, SettingsFileStatus } from '../../../shared/ipc/admin-settings-file.ts';
import { useAction, type Answer } from '../answers.ts';
import { dateTime } from '../formats.ts';
import { size } from '../outbox/outbox-figures.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Empty, Loaded, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { SettingsPreview } from './settings-preview.tsx';

function BackupTable(props: {
  readonly backups: readonly SettingsBackup[];
  readonly onRestore: (name: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  return (
    <table>
      <caption className="visually-hidden">{t('settingsFile.backups.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('settingsFile.backups.when')}</th>
          <th scope="col">{t('settingsFile.backups.why')}</th>
          <th scope="col" className="number">
            {t('settingsFile.backups.size')}
          </th>
          <th scope="col">
            <span className="visually-hidden">{t('settingsFile.backups.restore')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.backups.map(({ name, writtenAtMs, bytes, reason }) => (
          <tr key={name}>
            <th scope="row">{dateTime(writtenAtMs)}</th>
            <td>{t(`settingsFile.backups.reasons.${reason}`)}</td>
            <td className="number">{size(bytes)}</td>
            <td className="end">
              <button
                type="button"
                className="button"
                disabled={!can('change-settings')}
                onClick={() => props.onRestore(name)}
              >
                {t('settingsFile.backups.restore')}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The terminal's own settings files, each of which can be looked at and taken back. */
export function BackupsSection({ status }: { readonly status: Answer<SettingsFileStatus> }): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const [restoring, setRestoring] = useState<string | null>(null);
  const { phase, run } = useAction('admin:back-up-settings');
  const backUp = async (): Promise<void> => {
    const result = await run(null);
    if (result.ok) status.replace(result.value);
  };
  return (
    <Section title={t('settingsFile.backups.title')}>
      <p className="muted">{t('settingsFile.backups.lead')}</p>
      <Loaded answer={status}>
        {({ backups }) =>
          backups.length === 0 ? (
            <Empty>{t('settingsFile.backups.none')}</Empty>
          ) : (
            <BackupTable backups={backups} onRestore={setRestoring} />
          )
        }
      </Loaded>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      <p className="buttons">
        <button
          type="button"
          className="button"
          disabled={phase.state === 'running' || !can('maintain')}
          onClick={() => void backUp()}
        >
          {t('settingsFile.backups.run')}
        </button>
      </p>
      {restoring === null ? null : (
        <SettingsPreview
          source={{ from: 'backup', name: restoring }}
          onDone={(after) => {
            setRestoring(null);
            if (after !== null) status.replace(after);
          }}
        />
      )}
    </Section>
  );
}
