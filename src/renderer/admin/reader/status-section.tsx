import type { ReactNode } from 'react';
import type { ReaderStatus } from '../../../shared/ipc/admin.ts';
import { Mark } from '../parts/mark.tsx';
import { Facts, Section, type Fact } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { seenState } from './reader-figures.ts';
import { transportWords } from './transport-words.ts';
import { TroubleNote } from './trouble-note.tsx';

function useFacts(status: ReaderStatus): readonly Fact[] {
  const { t } = useWords();
  const served = status.transport?.kind === 'vendor-http' || status.transport?.kind === 'vendor-ws';
  const unknownId = served && status.state === 'ready' ? t('reader.samHidden') : '—';
  return [
    { name: t('reader.transport'), value: transportWords(status.transport, t) },
    { name: t('reader.samId'), value: <span className="code">{status.samId ?? unknownId}</span> },
    { name: t('reader.baud'), value: status.baud ?? '—' },
    ...(status.service === null ? [] : [{ name: t('reader.service'), value: status.service }]),
    { name: t('reader.origin'), value: status.simulated ? t('reader.simulated') : t('reader.real') },
  ];
}

/** Whether the reader answers now, who it is, and otherwise why not and what to do. */
export function StatusSection(props: { readonly status: ReaderStatus }): ReactNode {
  const words = useWords();
  const seen = seenState(props.status, words);
  const facts = useFacts(props.status);
  return (
    <Section title={words.t('reader.status')}>
      <div role="status">
        <Mark tone={seen.tone}>{seen.state}</Mark>
        {seen.trouble === null ? null : <TroubleNote trouble={seen.trouble} />}
      </div>
      <Facts facts={facts} />
    </Section>
  );
}
