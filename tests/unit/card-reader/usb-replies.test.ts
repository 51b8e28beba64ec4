import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameDecoder, encodeFrame, MAX_LENGTH } from '../../../src/main/card-reader/frame-codec.ts';
import { ReportReplies, reportsOf } from '../../../src/main/card-reader/transports/hid-reports.ts';
import { FrameBoundary } from '../../../src/main/card-reader/transports/usb-frame-boundary.ts';
import { SplitReplies } from '../../../src/main/card-reader/transports/usb-split-replies.ts';

const payload = fc.uint8Array({ minLength: 3, maxLength: MAX_LENGTH - 1 });

function hex(parts: readonly Uint8Array[]): string {
  return Buffer.concat(parts).toString('hex');
}

/** Cuts bytes at sizes that are taken in turn. */
function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sizes[parts.length % sizes.length]!;
    parts.push(bytes.slice(at, at + size));
    at += size;
  }
  return parts;
}

describe('the end of a frame', () => {
  test('is found however it is cut, and the next one is followed too', () => {
    fc.assert(
      fc.property(payload, fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (data, sizes) => {
        const frame = encodeFrame(data);
        const boundary = new FrameBoundary();
        for (const round of [0, 1]) {
          let at = 0;
          let ended = false;
          for (const part of cut(frame, sizes)) {
            expect(ended).toBe(false);
            const step = boundary.take(part);
            at += step.taken;
            ended = step.ended;
          }
          expect({ round, at, ended, idle: boundary.isIdle }).toEqual({
            round,
            at: frame.length,
            ended: true,
            idle: true,
          });
        }
      }),
    );
  });

  test('agrees with the frame decoder behind noise that holds no beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), payload, (noise, data) => {
        const quiet = noise.map((byte) => (byte === 0x96 ? 0 : byte));
        const bytes = Buffer.concat([quiet, encodeFrame(data)]);
        const { taken, ended } = new FrameBoundary().take(bytes);
        const found = new FrameDecoder().push(bytes, 0).filter(({ kind }) => kind === 'frame');
        expect({ taken, ended, found: found.length }).toEqual({ taken: bytes.length, ended: true, found: 1 });
      }),
    );
  });

  test('a length that no reply has is not believed', () => {
    const boundary = new FrameBoundary();
    boundary.take(Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0xff, 0xff));
    expect({ missing: boundary.missing, idle: boundary.isIdle }).toEqual({ missing: 0, idle: true });
  });
});

describe('replies by two pipes', () => {
  test('come out as they went in, whichever pipe is heard first', () => {
    fc.assert(
      fc.property(
        payload,
        fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 }),
        fc.boolean(),
        (data, sizes, late) => {
          const frame = encodeFrame(data);
          const out: Uint8Array[] = [];
          const replies = new SplitReplies((bytes) => out.push(bytes.slice()));
          const header = (): void => replies.fromHeaderPipe(frame.slice(0, 7));
          if (!late) header();
          for (const part of cut(frame.slice(7), sizes)) replies.fromBodyPipe(part);
          if (late) header();
          expect(hex(out)).toBe(hex([frame]));
        },
      ),
    );
  });

  test('may be divided anywhere', () => {
    fc.assert(
      fc.property(payload, fc.integer({ min: 1, max: 4095 }), (data, at) => {
        const frame = encodeFrame(data);
        const out: Uint8Array[] = [];
        const replies = new SplitReplies((bytes) => out.push(bytes.slice()));
        replies.fromHeaderPipe(frame.slice(0, at));
        replies.fromBodyPipe(frame.slice(at));
        expect(hex(out)).toBe(hex([frame]));
      }),
    );
  });

  test('a rest whose command is over never gets into a later reply', () => {
    const [stale, next] = [Uint8Array.of(0, 0, 0x90, 1, 2), Uint8Array.of(0, 0, 0x90)].map(encodeFrame);
    const out: Uint8Array[] = [];
    const replies = new SplitReplies((bytes) => out.push(bytes.slice()));
    const waiting = stale!.slice(7);
    replies.fromBodyPipe(waiting);
    replies.reset();
    expect(waiting.every((byte) => byte === 0)).toBe(true);
    replies.fromHeaderPipe(next!.slice(0, 7));
    replies.fromBodyPipe(next!.slice(7));
    expect(hex(out)).toBe(hex([next!]));
  });

  test('padding behind a rest is dropped and wiped', () => {
    const frame = encodeFrame(Uint8Array.of(0, 0, 0x90));
    const out: Uint8Array[] = [];
    const replies = new SplitReplies((bytes) => out.push(bytes.slice()));
    const packet = Buffer.concat([frame.subarray(7), Buffer.alloc(60, 0x55)]);
    replies.fromHeaderPipe(frame.slice(0, 7));
    replies.fromBodyPipe(packet);
    expect(hex(out)).toBe(hex([frame]));
    expect(packet.subarray(4).every((byte) => byte === 0)).toBe(true);
  });

  test('a beginning while a rest is missing begins anew', () => {
    const frame = encodeFrame(Uint8Array.of(0, 0, 0x90));
    const out: Uint8Array[] = [];
    const replies = new SplitReplies((bytes) => out.push(bytes.slice()));
    replies.fromHeaderPipe(Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 5, 8));
    replies.fromHeaderPipe(frame.slice(0, 7));
    replies.fromBodyPipe(frame.slice(7));
    expect(hex(out.slice(1))).toBe(hex([frame]));
  });
});

describe('reports', () => {
  test('carry frames of every size, whatever pads them and whether numbers are left in front', () => {
    fc.assert(
      fc.property(payload, fc.integer({ min: 0, max: 255 }), fc.boolean(), (data, padding, numbered) => {
        const frame = encodeFrame(data);
        const reports = reportsOf(frame);
        expect(reports.length).toBe(Math.ceil(frame.length / 64));
        expect(reports.every((report) => report.length === 65 && report[0] === 0)).toBe(true);
        const out: Uint8Array[] = [];
        const replies = new ReportReplies((bytes) => out.push(bytes.slice()));
        const last = reports.at(-1)!;
        last.fill(padding, 1 + frame.length - 64 * (reports.length - 1));
        for (const report of reports) replies.take(numbered ? report : report.subarray(1));
        expect(hex(out)).toBe(hex([frame]));
        expect(last.subarray(1 + frame.length - 64 * (reports.length - 1)).every((byte) => byte === 0)).toBe(true);
      }),
    );
  });

  test('a reply may begin in the middle of one', () => {
    fc.assert(
      fc.property(payload, fc.integer({ min: 1, max: 63 }), (data, at) => {
        const frame = encodeFrame(data);
        const bytes = Buffer.concat([Buffer.alloc(at, 0x11), frame]);
        const out: Uint8Array[] = [];
        const replies = new ReportReplies((part) => out.push(part.slice()));
        for (const report of reportsOf(bytes)) replies.take(report.subarray(1));
        const found = new FrameDecoder()
          .push(new Uint8Array(Buffer.concat(out)), 0)
          .filter(({ kind }) => kind === 'frame');
        expect(found).toEqual([{ kind: 'frame', payload: data }]);
        expect(Buffer.concat(out).length).toBe(bytes.length);
      }),
    );
  });

  test('what an earlier reply left in the padding is never taken for a reply', () => {
    const short = encodeFrame(Uint8Array.of(0, 0, 0x80));
    const earlier = encodeFrame(Uint8Array.of(0, 0, 0x90, 1, 2, 3));
    const out: Uint8Array[] = [];
    const replies = new ReportReplies((bytes) => out.push(bytes.slice()));
    replies.take(Buffer.concat([short, earlier, Buffer.alloc(64)]).subarray(0, 64));
    expect(hex(out)).toBe(hex([short]));
  });

  test('a lost report spoils one reply, not the next', () => {
    const frame = encodeFrame(new Uint8Array(200).fill(7));
    const out: Uint8Array[] = [];
    const replies = new ReportReplies((bytes) => out.push(bytes.slice()));
    for (const report of reportsOf(frame).slice(1)) replies.take(report.subarray(1));
    for (const report of reportsOf(frame).slice(0, 2)) replies.take(report.subarray(1));
    replies.reset();
    out.length = 0;
    for (const report of reportsOf(frame)) replies.take(report.subarray(1));
    expect(hex(out)).toBe(hex([frame]));
  });
});
