import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { ReceiptSheet } from '../../../shared/ipc/clerk.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { Facts, Loading } from '../../ui/section.tsx';
import { useAction, useAnswer } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { dateTime } from '../formats.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { useWords } from '../words.tsx';

function Sheet({ sheet }: { readonly sheet: ReceiptSheet }): ReactNode {
  const { t } = useWords();
  const state = t(`verdict.${sheet.state}`);
  return (
    <div className="receipt-sheet">
      <p className="receipt-site">{sheet.siteName}</p>
      <QrCode className="receipt-code" text={sheet.code} label={t('receipt.code')} />
      <p className="receipt-number">{sheet.number}</p>
      <Facts
        facts={[
          { name: t('receipt.scene'), value: sheet.sceneName },
          { name: t('receipt.time'), value: dateTime(sheet.decidedAtMs) },
          ...(sheet.nameMasked === null ? [] : [{ name: t('receipt.person'), value: sheet.nameMasked }]),
          { name: t('receipt.result'), value: sheet.settledByStaff ? t('receipt.byStaff', { state }) : state },
          ...(sheet.machine === undefined
            ? []
            : [{ name: t('receipt.machine'), value: t(`verdict.${sheet.machine}`) }]),
        ]}
      />
      {sheet.test === true ? <p>{t('receipt.test')}</p> : null}
      {sheet.simulated ? <p>{t('receipt.simulated')}</p> : null}
      <p className="muted">{t('receipt.note')}</p>
    </div>
  );
}

/** A record's receipt, shown again, and printed: on the receipt printer where there is one, else as the system prints. */
export function ReceiptDialog(props: { readonly certifyId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const { printPage } = useEnvironment();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const printButton = useRef<HTMLButtonElement>(null);
  const sheet = useAnswer('clerk:receipt', { certifyId: props.certifyId });
  const print = useAction('clerk:print');
  const [printed, setPrinted] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const isThere = sheet.value !== null;
  useEffect(() => {
    if (isThere) printButton.current?.focus();
  }, [isThere]);
  const go = (): void => {
    setPrinted(false);
    if (sheet.value?.canPrint !== true) return printPage();
    void print.run({ certifyId: props.certifyId }).then((done) => setPrinted(done.ok));
  };
  return (
    <dialog ref={dialog} className="confirm receipt" aria-labelledby={titleId} onClose={props.onClose}>
      <h2 id={titleId}>{t('receipt.title')}</h2>
      {sheet.value !== null ? (
        <Sheet sheet={sheet.value} />
      ) : sheet.failure === null ? (
        <Loading>{t('app.loading')}</Loading>
      ) : (
        <FailureNote failure={sheet.failure} onRetry={sheet.reload} />
      )}
      {print.failure === null ? null : <FailureNote failure={print.failure} />}
      <div className="save-bar">
        <span role="status">{printed ? t('receipt.printed') : ''}</span>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t('app.close')}
        </button>
        <button
          ref={printButton}
          type="button"
          className="button button-primary"
          disabled={!isThere || print.running}
          onClick={go}
        >
          {t(print.running ? 'receipt.printing' : 'receipt.print')}
        </button>
      </div>
    </dialog>
  );
}
