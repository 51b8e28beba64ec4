import type { MeterLine, MeterWindow, Reconciliation, StatementLine } from '../../shared/domain/metering.ts';
import type { VerifierId } from '../../shared/domain/verification.ts';
import { matchOrder, type OrderMatch } from './order-match.ts';
import type { MeteredCall } from './metered-call.ts';
import type { Statement } from './statement.ts';

/** Vendors write a call down at their own time: what lies this close to the window may belong to it. */
export const STATEMENT_MARGIN_MS = 86_400_000;
/** Tencent's bill carries no more of our order number than its end. */
const TENCENT_ORDER_END = 10;

/** Matches a statement with calls while these are read: the statement is kept, of the calls what doesn't match. */
export interface Reconciler {
  /** Calls of the window and of a day before and after it. */
  add(call: MeteredCall): void;
  result(): Reconciliation;
}

interface Order {
  readonly lines: StatementLine[];
  readonly calls: MeteredCall[];
}

interface Unmatched {
  readonly call: MeteredCall;
  readonly billed: boolean | null;
}

/**
 * Finds a line's calls by the vendor's request id, else by our order number, of which Tencent bills the last ten
 * characters. What lies in the margin of a day alone is left out of the result.
 */
export function createReconciler(statement: Statement, window: MeterWindow): Reconciler {
  const { byOrder, byRequest, orders } = ordersOf(statement.lines);
  const unmatched: Unmatched[] = [];
  const orderOf = (call: MeteredCall): Order | undefined =>
    (call.requestId === null ? undefined : byRequest.get(plainId(call.requestId))) ??
    byOrder.get(plainId(call.orderId)) ??
    (call.verifier === 'tencent' ? byOrder.get(plainId(call.orderId).slice(-TENCENT_ORDER_END)) : undefined);
  return {
    add: (call) => {
      const order = orderOf(call);
      if (order) order.calls.push(call);
      else if (call.billed !== false && isWithin(call.startedAtMs, window))
        unmatched.push({ call, billed: call.billed });
    },
    result: () => resultOf(orders, unmatched, statement, window),
  };
}

function ordersOf(lines: readonly StatementLine[]) {
  const byOrder = new Map<string, Order>();
  const byRequest = new Map<string, Order>();
  const orders: Order[] = [];
  for (const line of lines) {
    const requestId = line.requestId === null ? null : plainId(line.requestId);
    const known = line.orderId === '' ? byRequest.get(requestId ?? '') : byOrder.get(plainId(line.orderId));
    const order: Order = known ?? { lines: [], calls: [] };
    if (!known) orders.push(order);
    order.lines.push(line);
    if (line.orderId !== '') byOrder.set(plainId(line.orderId), order);
    if (requestId !== null) byRequest.set(requestId, order);
  }
  return { byOrder, byRequest, orders };
}

function resultOf(
  orders: readonly Order[],
  unmatched: readonly Unmatched[],
  { unread }: Statement,
  window: MeterWindow,
): Reconciliation {
  const matches = orders
    .filter(({ lines, calls }) => isInside(lines, calls, window))
    .map(({ lines, calls }) => matchOrder(lines, calls));
  const vendors = new Set(orders.flatMap(({ calls }) => calls.map(({ verifier }) => verifier)));
  const own = unmatched.filter(({ call }) => speaksOf(vendors, call.verifier));
  const lost = own
    .filter(({ billed }) => billed === null)
    .map(({ call }) => ({ orderId: call.orderId, billed: false }));
  return {
    matched: matches.reduce((sum, { matched }) => sum + matched, 0),
    onlyThere: matches.flatMap(({ onlyThere }) => onlyThere),
    onlyHere: [...matches.flatMap(({ onlyHere }) => onlyHere), ...own.filter(isBilled).map(({ call }) => call)].map(
      lineOf,
    ),
    differing: matches.map(({ differing }) => differing).filter((each) => each !== null),
    resolved: [...matches.flatMap(({ resolved }: OrderMatch) => resolved), ...lost],
    unread,
  };
}

/** A statement is one vendor's: calls of those that none of its lines belongs to are left aside. */
function speaksOf(vendors: ReadonlySet<VerifierId>, verifier: VerifierId): boolean {
  return vendors.size === 0 || vendors.has(verifier);
}

function isBilled({ billed }: Unmatched): boolean {
  return billed === true;
}

/** What lies in the margin alone belongs to another window. A line without a time belongs to this one. */
function isInside(lines: readonly StatementLine[], calls: readonly MeteredCall[], window: MeterWindow): boolean {
  if (calls.some(({ startedAtMs }) => isWithin(startedAtMs, window))) return true;
  if (calls.length > 0) return false;
  return lines.some(({ atMs }) => atMs === null || isWithin(atMs, window));
}

function isWithin(atMs: number, { fromMs, toMs }: MeterWindow): boolean {
  return atMs >= fromMs && atMs < toMs;
}

/** Our numbers of pages are UUIDs, which some write with their dashes. */
function plainId(id: string): string {
  return id.toLowerCase().replaceAll('-', '');
}

function lineOf({ decided: _decided, passed: _passed, ...line }: MeteredCall): MeterLine {
  return line;
}
