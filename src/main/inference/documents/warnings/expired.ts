import type { ReadField } from '../../../../shared/domain/document-reading.ts';

/**
 * 1 when the validity that was read has ended before today, otherwise 0: also where none was read, for what isn't
 * known isn't a fault. A bank card ends with the last day of its month.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function expiredScore(fields: Readonly<Record<string, ReadField>>, today: string): number {
  const day = dated(fields['validTo'], /^\d{4}-\d{2}-\d{2}$/);
  if (day !== null) return day < today ? 1 : 0;
  const month = dated(fields['expiry'], /^\d{4}-\d{2}$/);
  return month !== null && month < today.slice(0, 7) ? 1 : 0;
}

function dated(field: ReadField | undefined, form: RegExp): string | null {
  const text = field?.text ?? null;
  return text !== null && form.test(text) ? text : null;
}
