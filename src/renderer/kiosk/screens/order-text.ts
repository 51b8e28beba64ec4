/** Longer ones keep their beginning and their end, which is what people compare. */
const SHOWN_WHOLE = 24;
const KEPT_END = 8;

/** An order's id as far as it fits one line. */
export function orderText(orderId: string): string {
  if (orderId.length <= SHOWN_WHOLE) return orderId;
  return `${orderId.slice(0, SHOWN_WHOLE - KEPT_END - 1)}…${orderId.slice(-KEPT_END)}`;
}
