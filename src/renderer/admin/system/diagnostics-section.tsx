import type { ReactNode } from 'react';
import type { DiagnosticsFile } from '../../../shared/ipc/admin-system.ts';
import { useAction, useAnswer } from '../answers.ts';
import { size } from '../outbox/outbox-figures.ts';
import { downloadBytes } from '../parts/download.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';

const KINDS = {
  'about.json': 'about',
  'health.json': 'health',
  'settings.json': 'settings',
  'counts.json': 'counts',
  'log.jsonl': 'log',
} as const satisfies Record<DiagnosticsFile['name'], string>;

function FileList({ files }: { readonly files: readonly DiagnosticsFile[] }): ReactNode {
  const { t } = useWords();
  return (
    <ul className="file-list">
      {files.map(({ name, bytes }) => (
        <li key={name}>
          <span className="code">{name}</span>
          <span>{t(`system.diagnostics.files.${KINDS[name]}`)}</span>
          <span className="muted number">{size(bytes)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What support gets: the list of its files before anything is saved. */
export function DiagnosticsSection(): ReactNode {
  const { t } = useWords();
  return (
    <Section title={t('system.diagnostics.title')}>
      <p className="muted">
        {t('system.diagnostics.lead')} {t('system.diagnostics.limit')}
      </p>
      {useRights().can('maintain') ? <Bundle /> : null}
    </Section>
  );
}

function Bundle(): ReactNode {
  const { t } = useWords();
  const files = useAnswer('admin:diagnostics-files', null);
  const { phase, run } = useAction('admin:diagnostics');
  const save = async (): Promise<void> => {
    const result = await run(null);
    if (result.ok) downloadBytes(result.value.name, result.value.zip, 'application/zip');
  };
  return (
    <>
      <Loaded answer={files}>{(list) => <FileList files={list} />}</Loaded>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      <p className="buttons">
        <button type="button" className="button" disabled={phase.state === 'running'} onClick={() => void save()}>
          {t(phase.state === 'running' ? 'state.working' : 'system.diagnostics.save')}
        </button>
      </p>
    </>
  );
}
