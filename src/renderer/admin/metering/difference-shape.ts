import type { Reconciliation } from '../../../shared/domain/metering.ts';
import { dayAndTime } from '../formats.ts';
import type { Translate } from '../translation.ts';

export const DIFFERENCES = ['onlyThere', 'onlyHere', 'differing', 'resolved', 'unread'] as const;
export type Difference = (typeof DIFFERENCES)[number];

interface Shape {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function time(ms: number | null): string {
  return ms === null ? '—' : dayAndTime(ms);
}

/** One kind of difference as columns and rows of text. */
export function differenceShape(kind: Difference, found: Reconciliation, t: Translate): Shape {
  const head = (
    ...names: (
      'order' | 'line' | 'time' | 'operation' | 'count' | 'scheme' | 'code' | 'expected' | 'billed' | 'outcome' | 'why'
    )[]
  ) => names.map((name) => t(`metering.reconcile.${name}`));
  switch (kind) {
    case 'onlyThere':
      return {
        columns: head('order', 'line', 'time', 'operation', 'count'),
        rows: found.onlyThere.map((line) => [
          line.orderId,
          String(line.line),
          time(line.atMs),
          line.operation ?? '—',
          String(line.count),
        ]),
      };
    case 'onlyHere':
      return {
        columns: head('order', 'scheme', 'time', 'operation', 'code'),
        rows: found.onlyHere.map((line) => [
          line.orderId,
          line.scheme,
          time(line.startedAtMs),
          line.operation,
          line.code ?? '—',
        ]),
      };
    case 'differing':
      return {
        columns: head('order', 'expected', 'billed'),
        rows: found.differing.map(({ orderId, expected, billed }) => [orderId, String(expected), String(billed)]),
      };
    case 'resolved':
      return {
        columns: head('order', 'outcome'),
        rows: found.resolved.map(({ orderId, billed }) => [
          orderId,
          t(billed ? 'metering.reconcile.wasBilled' : 'metering.reconcile.notBilled'),
        ]),
      };
    case 'unread':
      return {
        columns: head('line', 'why'),
        rows: found.unread.map(({ line, why }) => [String(line), why]),
      };
  }
}
