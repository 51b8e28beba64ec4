/** W3C Trace Context (level 1): how one certification is followed from the kiosk to a vendor. */
export interface TraceContext {
  /** 16 bytes, hex; the same for everything about one certification. */
  readonly traceId: string;
  /** 8 bytes, hex; one per call. */
  readonly spanId: string;
}

const HEADER = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** The trace of a certification: the 128 bits of its UUID, which say nothing about a person. */
export function traceOf(certifyId: string, spanId: string): TraceContext {
  return { traceId: certifyId.replaceAll('-', ''), spanId };
}

/** Value of the `traceparent` header, sampled. */
export function traceParent({ traceId, spanId }: TraceContext): string {
  return `00-${traceId}-${spanId}-01`;
}

/** Parses a `traceparent` header; null for another version or all zeros, which the standard forbids. */
export function parseTraceParent(value: string | null | undefined): TraceContext | null {
  const [, traceId, spanId] = HEADER.exec(value ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return null;
  return /^0+$/.test(traceId) || /^0+$/.test(spanId) ? null : { traceId, spanId };
}
