import type { ReactNode } from 'react';
import type { CertificationRequest, RequestVerdict } from '../../../shared/domain/certification-request.ts';
import { INPUTS } from '../../../shared/domain/scheme.ts';
import type { SceneBook } from '../../../shared/ipc/admin-schemes.ts';
import { dayAndTime, timeOfDay } from '../formats.ts';
import { Mark, VerdictMark } from '../parts/mark.tsx';
import type { Tone } from '../parts/tone.ts';
import { useWords } from '../words.tsx';

const COLUMNS = ['created', 'order', 'scene', 'inputs', 'state'] as const;

const TONES: Readonly<Record<CertificationRequest['state'], Tone>> = {
  waiting: 'waiting',
  running: 'waiting',
  submitted: 'good',
  expired: 'off',
  withdrawn: 'off',
};

export interface RowActions {
  readonly onCall: (requestId: string | null) => void;
  readonly onRun: (requestId: string) => void;
  readonly onWithdraw: (request: CertificationRequest) => void;
  readonly onResult: (certifyId: string) => void;
  readonly running: boolean;
}

interface TableProps extends RowActions {
  readonly rows: readonly CertificationRequest[];
  readonly called: string | null;
  readonly book: SceneBook | null;
}

function Actions(props: TableProps & { readonly row: CertificationRequest }): ReactNode {
  const { t } = useWords();
  const { row, called, running, book } = props;
  const scheme = book?.schemes.find((entry) => entry.scheme.id === row.scheme)?.scheme;
  const { certifyId } = row;
  const hidden = <span className="visually-hidden"> {row.orderId}</span>;
  if (row.state === 'submitted' && certifyId !== null) {
    return (
      <button type="button" className="button" onClick={() => props.onResult(certifyId)}>
        {t('requests.result')}
        {hidden}
      </button>
    );
  }
  if (row.state !== 'waiting') return null;
  const isCalled = called === row.requestId;
  return (
    <>
      {scheme?.actor === 'caller' ? (
        <button type="button" className="button" disabled={running} onClick={() => props.onRun(row.requestId)}>
          {t('requests.run')}
          {hidden}
        </button>
      ) : (
        <button
          type="button"
          className="button"
          disabled={running}
          onClick={() => props.onCall(isCalled ? null : row.requestId)}
        >
          {t(isCalled ? 'requests.uncall' : 'requests.call')}
          {hidden}
        </button>
      )}
      <button type="button" className="button" disabled={running} onClick={() => props.onWithdraw(row)}>
        {t('requests.withdraw')}
        {hidden}
      </button>
    </>
  );
}

/** What became of a submitted request; the reason is in its result. */
function Verdict({ verdict }: { readonly verdict: RequestVerdict }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <VerdictMark state={verdict.state} />
      <small className="muted">{t(verdict.underReview ? 'requests.underReview' : 'requests.state.submitted')}</small>
    </>
  );
}

function Row(props: TableProps & { readonly row: CertificationRequest; readonly scene: string }): ReactNode {
  const { t } = useWords();
  const { row, called } = props;
  const isCalled = called === row.requestId && row.state === 'waiting';
  const inputs = INPUTS.filter((input) => row.inputs.includes(input)).map((input) => t(`schemes.input.${input}`));
  return (
    <tr>
      <td className="code">{dayAndTime(row.createdAtMs)}</td>
      <th scope="row" className="code wrap">
        {row.orderId}
        {row.nameMasked === undefined ? null : (
          <small className="muted">
            <bdi>{row.nameMasked}</bdi>
          </small>
        )}
      </th>
      <td className="wrap">
        {props.scene}
        <small className="muted code">{row.scheme}</small>
      </td>
      <td className="wrap">{inputs.join(t('documents.between')) || t('requests.noInputs')}</td>
      <td>
        {row.verdict ? (
          <Verdict verdict={row.verdict} />
        ) : (
          <Mark tone={isCalled ? 'good' : TONES[row.state]}>
            {t(isCalled ? 'requests.state.called' : `requests.state.${row.state}`)}
          </Mark>
        )}
        {row.state === 'waiting' ? (
          <small className="muted">{t('requests.expires', { time: timeOfDay(row.expiresAtMs) })}</small>
        ) : null}
      </td>
      <td className="end">
        <div className="row-actions">
          <Actions {...props} />
        </div>
      </td>
    </tr>
  );
}

/** The requests of one page, newest first, with what can be done with each. */
export function RequestsTable(props: TableProps): ReactNode {
  const { t } = useWords();
  const { book } = props;
  const sceneName = (sceneId: string): string =>
    book?.scenes.find(({ scene }) => scene.id === sceneId)?.scene.name ?? sceneId;
  return (
    <table className="requests">
      <caption className="visually-hidden">{t('requests.table')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`column-${column}`}>
              {t(`requests.columns.${column}`)}
            </th>
          ))}
          <th scope="col" className="column-action">
            <span className="visually-hidden">{t('overview.action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <Row key={row.requestId} {...props} row={row} scene={sceneName(row.sceneId)} />
        ))}
      </tbody>
    </table>
  );
}
