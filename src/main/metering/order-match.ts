import type { Reconciliation, StatementLine } from '../../shared/domain/metering.ts';
import type { MeteredCall } from './metered-call.ts';

/** How the lines of one order match its calls. */
export interface OrderMatch {
  /** Calls that both know and bill. */
  readonly matched: number;
  readonly onlyThere: readonly StatementLine[];
  readonly onlyHere: readonly MeteredCall[];
  readonly differing: Reconciliation['differing'][number] | null;
  readonly resolved: Reconciliation['resolved'];
}

/**
 * Request ids decide where both sides have them: a line whose request isn't among those calls bills one that we know
 * nothing of. What has none is matched by how many there are.
 */
export function matchOrder(lines: readonly StatementLine[], calls: readonly MeteredCall[]): OrderMatch {
  const first = calls[0];
  if (first === undefined) return { ...NOTHING, onlyThere: lines };
  const pairs = calls.map((call) => ({ call, lines: lines.filter((line) => isRequestOf(line, call)) }));
  const paired = new Set(pairs.flatMap((pair) => pair.lines));
  const freeCalls = pairs.filter((pair) => pair.lines.length === 0).map(({ call }) => call);
  const freeLines = lines.filter((line) => !paired.has(line));
  const mayBelong = freeCalls.some(({ requestId }) => requestId === null);
  const foreign = freeLines.filter(({ requestId }) => requestId !== null && !mayBelong);
  const loose = freeLines.filter((line) => !foreign.includes(line));
  const known = pairs.filter((pair) => pair.lines.length > 0).map((pair) => compare([pair.call], pair.lines));
  return joined([...known, compare(freeCalls, loose), { ...NOTHING, onlyThere: foreign }]);
}

const NOTHING: OrderMatch = { matched: 0, onlyThere: [], onlyHere: [], differing: null, resolved: [] };

function isRequestOf(line: StatementLine, { requestId }: MeteredCall): boolean {
  return requestId !== null && line.requestId?.toLowerCase() === requestId.toLowerCase();
}

function compare(calls: readonly MeteredCall[], lines: readonly StatementLine[]): OrderMatch {
  const orderId = calls[0]?.orderId;
  if (orderId === undefined) return { ...NOTHING, onlyThere: lines };
  const billedHere = calls.filter(({ billed }) => billed === true);
  const lost = calls.filter(({ billed }) => billed === null).length;
  if (lines.length === 0) {
    return { ...NOTHING, onlyHere: billedHere, resolved: lost > 0 ? [{ orderId, billed: false }] : [] };
  }
  const [expected, there] = [billedHere.length, lines.reduce((sum, { count }) => sum + count, 0)];
  if (there < expected || there > expected + lost) {
    return { ...NOTHING, differing: { orderId, expected, billed: there } };
  }
  return { ...NOTHING, matched: there, resolved: lost > 0 ? [{ orderId, billed: there > expected }] : [] };
}

function joined(parts: readonly OrderMatch[]): OrderMatch {
  const differing = parts.map((part) => part.differing).filter((each) => each !== null);
  const [first] = differing;
  return {
    matched: parts.reduce((sum, { matched }) => sum + matched, 0),
    onlyThere: parts.flatMap(({ onlyThere }) => onlyThere),
    onlyHere: parts.flatMap(({ onlyHere }) => onlyHere),
    differing: first
      ? differing.reduce((sum, { expected, billed }) => ({
          orderId: first.orderId,
          expected: sum.expected + expected,
          billed: sum.billed + billed,
        }))
      : null,
    resolved: parts.flatMap(({ resolved }) => resolved),
  };
}
