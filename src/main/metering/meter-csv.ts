import type { MeterLine } from '../../shared/domain/metering.ts';
import { csvLine } from '../../shared/csv-text.ts';

/** The head of an export. Nothing in it names a person: ids, codes and times alone. */
export function meterCsvHead(): string {
  return csvLine([
    'order_id',
    'request_id',
    'started_at',
    'scene',
    'scheme',
    'verifier',
    'operation',
    'number',
    'code',
    'billed',
    'certify_id',
  ]);
}

/**
 * One line with its line break, in the columns of `meterCsvHead`: times in UTC (ISO 8601), `billed` as `yes`, `no` or
 * `unknown`.
 */
export function meterCsvLine(line: MeterLine): string {
  const billed = line.billed === null ? 'unknown' : line.billed ? 'yes' : 'no';
  return csvLine([
    line.orderId,
    line.requestId ?? '',
    new Date(line.startedAtMs).toISOString(),
    line.sceneId,
    line.scheme,
    line.verifier,
    line.operation,
    line.number,
    line.code ?? '',
    billed,
    line.certifyId,
  ]);
}
