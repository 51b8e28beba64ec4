import type { ReceiptSheet } from '../../shared/ipc/clerk.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { receiptCode } from '../certification/receipt-text.ts';
import type { RecordQueries } from '../store/record-queries.ts';

export interface ClerkReceiptParts {
  readonly queries: Pick<RecordQueries, 'show'>;
  readonly siteName: () => Result<string, Failure>;
  readonly sceneName: (sceneId: string) => string;
  readonly canPrint: () => boolean;
}

/** A record's receipt, to be shown or printed again: what the kiosk had shown, and what it is listed with by now. */
export function receiptSheet(parts: ClerkReceiptParts, certifyId: string): Result<ReceiptSheet, Failure> {
  const shown = parts.queries.show(certifyId);
  if (!shown.ok) return shown;
  const siteName = parts.siteName();
  if (!siteName.ok) return siteName;
  const { record, receipt, receiptHash, settled } = shown.value;
  const { receiptNumber, receiptCode: code } = receiptCode({ receipt, receiptHash });
  return ok({
    certifyId,
    number: receiptNumber,
    code,
    siteName: siteName.value,
    sceneName: parts.sceneName(record.sceneId),
    decidedAtMs: record.decidedAtMs,
    state: settled?.state ?? record.verdict.state,
    settledByStaff: settled?.by === 'staff',
    ...(settled && { machine: record.verdict.state }),
    ...(record.test === true ? { test: true } : {}),
    nameMasked: record.subject?.nameMasked ?? null,
    simulated: record.simulated,
    canPrint: parts.canPrint(),
  });
}
