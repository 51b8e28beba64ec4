import { FrameBoundary } from './usb-frame-boundary.ts';

/** Bytes of a report without its number. */
export const REPORT_BYTES = 64;
/** Readers don't number their reports, which is written as 0. */
const NO_REPORT_NUMBER = 0;

/** Cuts a frame into reports as `node-hid` takes them: the number, then 64 bytes, the last ones padded with zeros. */
export function reportsOf(frame: Uint8Array): readonly Buffer[] {
  const reports: Buffer[] = [];
  for (let at = 0; at < frame.length; at += REPORT_BYTES) {
    const report = Buffer.alloc(1 + REPORT_BYTES, 0);
    report[0] = NO_REPORT_NUMBER;
    report.set(frame.subarray(at, at + REPORT_BYTES), 1);
    reports.push(report);
  }
  return reports;
}

/**
 * Puts replies together from reports. A reply takes as many reports as its length needs, and what the last one holds
 * beyond is padding: zeros, or whatever the reader had in its memory, so it is wiped unread.
 */
export class ReportReplies {
  readonly #boundary = new FrameBoundary();
  readonly #emit: (bytes: Uint8Array) => void;

  constructor(emit: (bytes: Uint8Array) => void) {
    this.#emit = emit;
  }

  /** Takes one report; some systems leave the number in front of its 64 bytes. */
  take(report: Uint8Array): void {
    const bytes = report.length === 1 + REPORT_BYTES ? report.subarray(1) : report;
    const { taken, ended } = this.#boundary.take(bytes);
    if (ended) bytes.subarray(taken).fill(0);
    if (taken > 0) this.#emit(bytes.subarray(0, taken));
  }

  /** Forgets an unfinished reply: it belongs to a command that is over. */
  reset(): void {
    this.#boundary.reset();
  }
}
