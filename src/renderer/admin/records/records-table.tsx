import type { ReactNode } from 'react';
import type { FoundRecord } from '../../../shared/domain/record-search.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { count, dateTime } from '../formats.ts';
import { VerdictMark } from '../parts/mark.tsx';
import { moveBetweenRows } from '../parts/row-keys.ts';
import { useSceneName } from '../use-scene-name.ts';
import { useWords } from '../words.tsx';

const COLUMNS = ['started', 'verdict', 'reason', 'name', 'number', 'scene', 'receipt', 'confirmed'] as const;

/** What else is to be known of a record at a glance. */
function Marks({ row }: { readonly row: FoundRecord }): ReactNode {
  const { t } = useWords();
  const confirmed = row.countersigned ? 'confirmed' : row.provisional ? 'provisional' : 'local';
  const also = [
    row.test ? t('records.test') : null,
    row.simulated ? t('records.simulated') : null,
    row.hasEvidence ? t('records.evidence') : null,
  ].filter((mark) => mark !== null);
  return [t(`records.${confirmed}`), ...also].join(' · ');
}

function Verdict({ row }: { readonly row: FoundRecord }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <VerdictMark state={row.state} />
      {row.decidedBy === 'device' ? null : (
        <small className="muted" title={t('records.deviceSaid', { state: t(`verdict.${row.deviceState}`) })}>
          {t(`records.by.${row.decidedBy}`)}
        </small>
      )}
    </>
  );
}

function Row(props: {
  readonly row: FoundRecord;
  readonly scene: string;
  readonly onOpen: (certifyId: string) => void;
}): ReactNode {
  const { language } = useWords();
  const { row, scene, onOpen } = props;
  const reason = reasonText(row.reason, language, 'clerk');
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="row-button code"
          onKeyDown={moveBetweenRows}
          onClick={() => onOpen(row.certifyId)}
        >
          {dateTime(row.startedAtMs)}
        </button>
      </th>
      <td>
        <Verdict row={row} />
      </td>
      <td className="cut record-reason" title={reason}>
        <span>{reason}</span>
      </td>
      <td className="cut" title={row.nameMasked ?? undefined}>
        <bdi>{row.nameMasked ?? '—'}</bdi>
      </td>
      <td className="cut code">
        <bdi>{row.numberMasked ?? '—'}</bdi>
      </td>
      <td className="cut" title={`${scene} · ${row.sceneId} · ${row.scheme}`}>
        {scene}
      </td>
      <td className="number code">{count(row.receipt, language)}</td>
      <td className="muted">
        <Marks row={row} />
      </td>
    </tr>
  );
}

/** The records of one page; the time opens the record. */
export function RecordsTable(props: {
  readonly rows: readonly FoundRecord[];
  readonly onOpen: (certifyId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const sceneName = useSceneName();
  return (
    <table className="records">
      <caption className="visually-hidden">{t('section.records')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`column-${column}${column === 'receipt' ? ' number' : ''}`}>
              {t(`records.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <Row key={row.certifyId} row={row} scene={sceneName(row.sceneId)} onOpen={props.onOpen} />
        ))}
      </tbody>
    </table>
  );
}
