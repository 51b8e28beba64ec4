import { useRef, useState, type ReactNode } from 'react';
import { MAX_SETTINGS_FILE_BYTES } from '../../../shared/domain/settings-file.ts';
import type { SettingsFileSource, SettingsFileStatus } from '../../../shared/ipc/admin-settings-file.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { size } from '../outbox/outbox-figures.ts';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { SettingsPreview } from './settings-preview.tsx';

/** Another terminal's settings: a file, its preview, and all of it or nothing. */
export function ImportSection(props: { readonly onApplied: (status: SettingsFileStatus) => void }): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const input = useRef<HTMLInputElement>(null);
  const [source, setSource] = useState<SettingsFileSource | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const take = async (file: File): Promise<void> => {
    const tooLarge = file.size > MAX_SETTINGS_FILE_BYTES;
    // A file that is too large is not even read.
    setRefused(tooLarge ? failure('settings-file.too-large', size(file.size)) : null);
    setSource(tooLarge ? null : { from: 'text', text: await file.text() });
  };
  return (
    <Section title={t('settingsFile.import.title')}>
      <p className="muted">{t('settingsFile.import.lead')}</p>
      {refused === null ? null : <FailureNote failure={refused} />}
      <p className="buttons">
        <button
          type="button"
          className="button"
          disabled={!can('change-settings')}
          onClick={() => input.current?.click()}
        >
          {t('settingsFile.import.choose')}
        </button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={t('settingsFile.import.choose')}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file) void take(file);
          }}
        />
      </p>
      {source === null ? null : (
        <SettingsPreview
          source={source}
          onDone={(status) => {
            setSource(null);
            if (status !== null) props.onApplied(status);
          }}
        />
      )}
    </Section>
  );
}
