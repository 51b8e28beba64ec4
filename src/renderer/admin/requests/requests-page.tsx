import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CertificationRequest, IssuedRequest } from '../../../shared/domain/certification-request.ts';
import { useAction, useAnswer, usePolling } from '../answers.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useWords } from '../words.tsx';
import { IssuedToken } from './issued-token.tsx';
import { MakeRequest } from './make-request.tsx';
import type { RequestDraft } from './request-form.ts';
import { RequestsTable } from './requests-table.tsx';
import { ResultDrawer } from './result-drawer.tsx';

const ROWS_PER_PAGE = 20;
const REFRESH_EVERY_MS = 5_000;

type Open =
  | { readonly kind: 'make' }
  | { readonly kind: 'issued'; readonly issued: IssuedRequest }
  | { readonly kind: 'result'; readonly certifyId: string }
  | { readonly kind: 'withdraw'; readonly request: CertificationRequest };

function Withdraw(props: {
  readonly request: CertificationRequest;
  readonly onDone: () => void;
  readonly onNo: () => void;
}): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:withdraw-request');
  const { requestId, orderId } = props.request;
  return (
    <ConfirmDialog
      title={t('requests.withdrawTitle', { order: orderId })}
      yes={t('requests.withdraw')}
      phase={phase}
      onNo={props.onNo}
      onYes={() => void run({ requestId }).then((answer) => answer.ok && props.onDone())}
    >
      {t('requests.withdrawText')}
    </ConfirmDialog>
  );
}

/** Calling and running requests, and how that went. */
function useRequestActions(reload: () => void, onResult: (certifyId: string) => void) {
  const calling = useAction('admin:call-request');
  const carrying = useAction('admin:run-request');
  const failed = [calling.phase, carrying.phase].find((phase) => phase.state === 'failed');
  return {
    running: calling.phase.state === 'running' || carrying.phase.state === 'running',
    failure: failed?.state === 'failed' ? failed.failure : null,
    call: (requestId: string | null) => void calling.run({ requestId }).then(reload),
    carryOut: (requestId: string) =>
      void carrying.run({ requestId }).then((answer) => {
        reload();
        if (answer.ok) onResult(answer.value.certifyId);
      }),
  };
}

/** What callers ask for: made here or by their systems, carried out, withdrawn, and read again. */
export function RequestsPage(): ReactNode {
  const { t } = useWords();
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<Open | null>(null);
  const [typed, setTyped] = useState<RequestDraft | null>(null);
  const requests = useAnswer('admin:requests', { offset, limit: ROWS_PER_PAGE });
  const book = useAnswer('admin:scenes', null);
  usePolling(requests.reload, REFRESH_EVERY_MS);
  const showResult = (certifyId: string): void => setOpen({ kind: 'result', certifyId });
  const actions = useRequestActions(requests.reload, showResult);
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    requests.reload();
  };
  return (
    <Page title={t('section.requests')} summary={t('requests.summary')}>
      <div className="bar">
        <button
          type="button"
          className="button button-primary"
          disabled={book.value === null}
          onClick={() => setOpen({ kind: 'make' })}
        >
          <Plus aria-hidden="true" size={15} /> {t('requests.make')}
        </button>
        <Pager
          label={t('requests.pages')}
          offset={offset}
          size={ROWS_PER_PAGE}
          total={requests.value?.total ?? null}
          onMove={setOffset}
        />
      </div>
      {actions.failure === null ? null : <FailureNote failure={actions.failure} />}
      <div className="records-area">
        <Loaded answer={requests}>
          {({ rows, called }) => {
            const next = rows.find(({ requestId }) => requestId === called);
            return (
              <>
                {next === undefined ? null : (
                  <Notice kind="info">{t('requests.calledNotice', { order: next.orderId })}</Notice>
                )}
                {rows.length === 0 ? (
                  <p className="empty">{t('requests.empty')}</p>
                ) : (
                  <RequestsTable
                    rows={rows}
                    called={called}
                    book={book.value}
                    running={actions.running}
                    onCall={actions.call}
                    onRun={actions.carryOut}
                    onWithdraw={(request) => setOpen({ kind: 'withdraw', request })}
                    onResult={showResult}
                  />
                )}
              </>
            );
          }}
        </Loaded>
      </div>
      {open?.kind === 'make' && book.value !== null ? (
        <MakeRequest
          book={book.value}
          typed={typed}
          onType={setTyped}
          onClose={close}
          onIssued={(issued) => setOpen({ kind: 'issued', issued })}
        />
      ) : null}
      {open?.kind === 'issued' ? <IssuedToken issued={open.issued} onClose={done} /> : null}
      {open?.kind === 'result' ? <ResultDrawer certifyId={open.certifyId} onClose={close} /> : null}
      {open?.kind === 'withdraw' ? <Withdraw request={open.request} onDone={done} onNo={close} /> : null}
    </Page>
  );
}
