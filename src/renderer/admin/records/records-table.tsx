import type { ReactNode } from 'react';
import { isReasonCode } from '../../../shared/reasons.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import type { RecordRow } from '../../../shared/ipc/admin.ts';
import { dateTime } from '../formats.ts';
import { VerdictMark } from '../parts/mark.tsx';
import { moveBetweenRows } from '../parts/row-keys.ts';
import { useWords } from '../words.tsx';

const COLUMNS = ['started', 'verdict', 'reason', 'name', 'number', 'scene', 'confirmed'] as const;

function Row(props: { readonly row: RecordRow; readonly onOpen: (certifyId: string) => void }): ReactNode {
  const { t, language } = useWords();
  const { row, onOpen } = props;
  const reason = isReasonCode(row.reason) ? reasonText(row.reason, language, 'clerk') : row.reason;
  const confirmed = row.countersigned ? 'confirmed' : row.provisional ? 'provisional' : 'local';
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
        <VerdictMark state={row.state} />
      </td>
      <td className="cut" title={reason}>
        {reason}
      </td>
      <td className="cut">{row.nameMasked ?? '—'}</td>
      <td className="code">{row.numberMasked ?? '—'}</td>
      <td className="cut">{row.sceneId}</td>
      <td className="muted">
        {t(`records.${confirmed}`)}
        {row.simulated && ` · ${t('records.simulated')}`}
      </td>
    </tr>
  );
}

/** The records of one page, newest first; the time opens the record. */
export function RecordsTable(props: {
  readonly rows: readonly RecordRow[];
  readonly onOpen: (certifyId: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <table className="records">
      <caption className="visually-hidden">{t('section.records')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`column-${column}`}>
              {t(`records.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <Row key={row.certifyId} row={row} onOpen={props.onOpen} />
        ))}
      </tbody>
    </table>
  );
}
