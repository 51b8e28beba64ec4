import type { ReactNode } from 'react';
import type { ResultView } from '../../../shared/ipc/kiosk-view.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { useWords } from '../environment.ts';
import { ReasonCodeLine } from './reason-code.tsx';

interface SlipProps {
  readonly number: string;
  /** Text of the QR code; null: none. */
  readonly code: string | null;
  /** What the number is called; absent: a receipt's. */
  readonly label?: string;
  /** Under the number; absent: what the code is good for. */
  readonly children?: ReactNode;
}

/** What the person can take along: a number to read and a code to scan. */
export function SlipOf({ number, code, label, children }: SlipProps) {
  const { t } = useWords();
  return (
    <div className="slip">
      {code !== null && <QrCode className="qr" text={code} label={t('result.scan')} />}
      <div className="slip-words">
        <p>{label ?? t('result.receipt')}</p>
        <p className="receipt-number">{number}</p>
        {children ?? <p className="slip-scan">{t('result.scan')}</p>}
      </div>
    </div>
  );
}

/** The slip of a result. */
export function ReceiptSlip({ result }: { readonly result: ResultView }) {
  const { t } = useWords();
  if (result.receiptNumber === null) return null;
  return (
    <SlipOf number={result.receiptNumber} code={result.receiptCode}>
      {result.state === 'error' ? (
        <ReasonCodeLine reason={result.reason} />
      ) : (
        <p className="slip-scan">{t('result.scan')}</p>
      )}
      {result.provisional && <p className="slip-note">{t('result.provisional')}</p>}
    </SlipOf>
  );
}
