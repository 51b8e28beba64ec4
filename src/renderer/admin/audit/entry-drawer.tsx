import { useState, type ReactNode } from 'react';
import type { AuditChoices, AuditLine } from '../../../shared/ipc/admin-audit.ts';
import { dateTime } from '../formats.ts';
import { Drawer } from '../parts/drawer.tsx';
import { Facts, Section } from '../parts/page.tsx';
import { RecordDrawer } from '../records/record-drawer.tsx';
import { useWords } from '../words.tsx';
import { kindText, personText, visible } from './entry-words.ts';

/** One entry: in plain words, then field by field, then as it is kept and chained. */
export function EntryDrawer(props: {
  readonly entry: AuditLine;
  readonly staff: AuditChoices['staff'];
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { entry, staff } = props;
  const certifyId = entry.detail['certifyId'];
  const [record, setRecord] = useState<string | null>(null);
  return (
    <Drawer title={t('audit.title', { seq: entry.seq })} onClose={props.onClose}>
      <Facts
        facts={[
          { name: t('audit.columns.kind'), value: kindText(entry.kind, t) },
          { name: t('audit.columns.at'), value: dateTime(entry.atMs) },
          { name: t('audit.columns.by'), value: <bdi>{personText(entry, staff, t)}</bdi> },
        ]}
      />
      {typeof certifyId === 'string' ? (
        <div className="save-bar">
          <button type="button" className="button" onClick={() => setRecord(certifyId)}>
            {t('audit.openRecord')}
          </button>
        </div>
      ) : null}
      <Section title={t('audit.facts')}>
        <Facts
          facts={Object.entries(entry.detail).map(([name, value]) => ({
            name,
            value: <bdi className="code wrap">{value === null ? '—' : visible(String(value))}</bdi>,
          }))}
        />
      </Section>
      <Section title={t('audit.raw')}>
        <p className="code wrap audit-raw">
          <bdi>{visible(entry.raw)}</bdi>
        </p>
      </Section>
      {record === null ? null : <RecordDrawer key={record} certifyId={record} onClose={() => setRecord(null)} />}
    </Drawer>
  );
}
