import type { ResultView } from '../../../shared/ipc/kiosk.ts';
import { QrCode } from '../art/qr-code.tsx';
import { useWords } from '../environment.ts';
import { ReasonCodeLine } from './reason-code.tsx';

/** What the person can take along: a number to read and a code to scan. */
export function ReceiptSlip({ result }: { readonly result: ResultView }) {
  const { t } = useWords();
  if (result.receiptNumber === null) return null;
  return (
    <div className="slip">
      {result.receiptCode !== null && <QrCode text={result.receiptCode} label={t('result.scan')} />}
      <div className="slip-words">
        <p>{t('result.receipt')}</p>
        <p className="receipt-number">{result.receiptNumber}</p>
        {result.state === 'error' ? (
          <ReasonCodeLine reason={result.reason} />
        ) : (
          <p className="slip-scan">{t('result.scan')}</p>
        )}
        {result.provisional && <p className="slip-note">{t('result.provisional')}</p>}
      </div>
    </div>
  );
}
