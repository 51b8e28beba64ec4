import type { ReactNode } from 'react';
import type { SettingsFileStatus } from '../../../shared/ipc/admin-settings-file.ts';
import { useAction, type Answer } from '../answers.ts';
import { dateTime, grouped } from '../formats.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';

/** Devices whose files are taken over here. */
export function SignersSection({ status }: { readonly status: Answer<SettingsFileStatus> }): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const { phase, run } = useAction('admin:forget-signer');
  const forget = async (fingerprint: string): Promise<void> => {
    const result = await run({ fingerprint });
    if (result.ok) status.replace(result.value);
  };
  if (status.value === null) return null;
  return (
    <Section title={t('settingsFile.signers.title')}>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      {status.value.signers.length === 0 ? (
        <Empty>{t('settingsFile.signers.none')}</Empty>
      ) : (
        <ul className="signers">
          {status.value.signers.map(({ fingerprint, deviceId, pinnedAtMs }) => (
            <li key={fingerprint}>
              <span>
                <strong>{deviceId}</strong> <span className="muted">{dateTime(pinnedAtMs)}</span>
                <span className="code fingerprint">{grouped(fingerprint)}</span>
              </span>
              <button
                type="button"
                className="button"
                disabled={phase.state === 'running' || !can('change-settings')}
                onClick={() => void forget(fingerprint)}
              >
                {t('settingsFile.signers.forget')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
