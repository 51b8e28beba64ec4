import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FrameDecoder,
  IDLE_GAP_MS,
  MAX_LENGTH,
  MIN_COMMAND_LENGTH,
  encodeFrame,
  xorOf,
  type FrameEvent,
} from '../../../src/main/card-reader/frame-codec.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const NO_CARD = hex('AA AA AA 96 69 00 04 00 00 80 84');
const FOUND = hex('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97');

function concat(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function payloads(events: readonly FrameEvent[]): string[] {
  return events.flatMap((event) => (event.kind === 'frame' ? [Buffer.from(event.payload).toString('hex')] : []));
}

function noiseBytes(events: readonly FrameEvent[]): number {
  return events.reduce((sum, event) => (event.kind === 'noise' ? sum + event.bytes : sum), 0);
}

function replyFrame(bytes: number, seed: number): Uint8Array {
  return encodeFrame(Uint8Array.from({ length: bytes }, (_, at) => (at * 37 + seed * 11) & 0xff));
}

describe('encoding', () => {
  test('gives the frames of the protocol', () => {
    expect(Buffer.from(encodeFrame(hex('20 01'))).toString('hex')).toBe('aaaaaa96690003200122');
    expect(Buffer.from(encodeFrame(hex('61 FF 50'))).toString('hex')).toBe('aaaaaa9669000461ff50ca');
  });

  test('refuses a payload that LEN can not describe', () => {
    expect(encodeFrame(new Uint8Array(4088))).toHaveLength(4096);
    expect(() => encodeFrame(new Uint8Array(4089))).toThrow(RangeError);
  });

  test('the checksum is the XOR of every byte in the range, whatever its length', () => {
    const bytes = replyFrame(60, 3);
    for (let from = 0; from < 20; from++) {
      for (let to = from; to < bytes.length; to++) {
        expect(xorOf(bytes, from, to)).toBe(bytes.subarray(from, to).reduce((sum, byte) => sum ^ byte, 0));
      }
    }
  });
});

describe('decoding', () => {
  test('a reply split at any byte is one frame', () => {
    for (let cut = 0; cut <= FOUND.length; cut++) {
      const decoder = new FrameDecoder();
      const events = [...decoder.push(FOUND.subarray(0, cut), 0), ...decoder.push(FOUND.subarray(cut), 1)];
      expect(events).toEqual([{ kind: 'frame', payload: hex('00 00 9F 00 00 00 00') }]);
      expect(decoder.pendingBytes).toBe(0);
    }
  });

  test('a reply byte by byte is one frame', () => {
    const decoder = new FrameDecoder();
    const events = [...FOUND].flatMap((byte, at) => [...decoder.push(Uint8Array.of(byte), at)]);
    expect(events).toEqual([{ kind: 'frame', payload: hex('00 00 9F 00 00 00 00') }]);
  });

  test('a frame within one chunk is a view of it, one across chunks is a copy', () => {
    const whole = new FrameDecoder().push(FOUND, 0);
    expect(whole[0]).toMatchObject({ kind: 'frame', payload: { buffer: FOUND.buffer } });
    const decoder = new FrameDecoder();
    decoder.push(FOUND.subarray(0, 9), 0);
    const [frame] = decoder.push(FOUND.subarray(9), 0);
    decoder.push(NO_CARD.subarray(0, 10), 0);
    expect(frame).toEqual({ kind: 'frame', payload: hex('00 00 9F 00 00 00 00') });
  });

  test.each([
    ['two replies in one chunk', concat(NO_CARD, FOUND), ['000080', '00009f00000000']],
    ['one leading AA lost', FOUND.subarray(1), ['00009f00000000']],
    ['two leading AA lost', FOUND.subarray(2), []],
    ['an extra AA', concat(hex('AA'), NO_CARD), ['000080']],
    ['AA 00 before AA AA 96 69', concat(hex('AA 00'), NO_CARD.subarray(1)), ['000080']],
    ['a false start before the true one', concat(hex('AA AA 96 69 00 20 01'), NO_CARD, new Uint8Array(40)), ['000080']],
    ['a wrong checksum, then a good frame', concat(NO_CARD.with(10, 0x85), FOUND), ['00009f00000000']],
    ['LEN beyond the cap', concat(hex('AA AA AA 96 69 0F FA'), FOUND), ['00009f00000000']],
    ['LEN of a command', concat(hex('AA AA AA 96 69 00 03 20 01 22'), NO_CARD), ['000080']],
  ])('%s', (_, bytes, expected) => {
    expect(payloads(new FrameDecoder().push(bytes, 0))).toEqual(expected);
  });

  test('names what it dropped', () => {
    const bad = NO_CARD.with(10, 0x85);
    expect(new FrameDecoder().push(concat(hex('01 02'), bad, NO_CARD), 0)).toEqual([
      { kind: 'bad-checksum', length: 4 },
      { kind: 'noise', bytes: 2 + bad.length },
      { kind: 'frame', payload: hex('00 00 80') },
    ]);
    expect(new FrameDecoder().push(hex('AA AA AA 96 69 0F FA'), 0)).toEqual([
      { kind: 'bad-length', length: MAX_LENGTH + 1 },
      { kind: 'noise', bytes: 7 },
    ]);
    expect(new FrameDecoder(MIN_COMMAND_LENGTH).push(hex('AA AA AA 96 69 00 03 20 01 22'), 0)).toEqual([
      { kind: 'frame', payload: hex('20 01') },
    ]);
  });

  test('the longest frame passes, and no more than one is ever held', () => {
    const longest = replyFrame(MAX_LENGTH - 1, 1);
    const decoder = new FrameDecoder();
    for (const byte of longest.subarray(0, -1)) decoder.push(Uint8Array.of(byte), 0);
    expect(decoder.pendingBytes).toBe(4095);
    expect(decoder.push(longest.subarray(-1), 0)).toHaveLength(1);
  });
});

describe('silence inside a frame', () => {
  test('drops the start, so that the next frame is not joined to it', () => {
    const decoder = new FrameDecoder();
    decoder.push(FOUND.subarray(0, 9), 0);
    expect(decoder.push(NO_CARD, IDLE_GAP_MS + 1)).toEqual([
      { kind: 'idle-gap', bytes: 9 },
      { kind: 'frame', payload: hex('00 00 80') },
    ]);
  });

  test('of exactly the gap is still the same frame', () => {
    const decoder = new FrameDecoder();
    decoder.push(FOUND.subarray(0, 9), 0);
    expect(payloads(decoder.push(FOUND.subarray(9), IDLE_GAP_MS))).toEqual(['00009f00000000']);
  });

  test('behind a false start gives the true frame that it hid', () => {
    const decoder = new FrameDecoder();
    expect(decoder.push(concat(hex('AA AA 96 69 0F F0 55'), NO_CARD), 0)).toEqual([]);
    expect(decoder.expire(IDLE_GAP_MS)).toEqual([]);
    expect(decoder.expire(IDLE_GAP_MS + 1)).toEqual([
      { kind: 'idle-gap', bytes: 7 },
      { kind: 'frame', payload: hex('00 00 80') },
    ]);
    expect(decoder.pendingBytes).toBe(0);
  });

  test('with nothing held is no event', () => {
    const decoder = new FrameDecoder();
    decoder.push(FOUND, 0);
    expect(decoder.expire(10_000)).toEqual([]);
  });
});

describe('any stream', () => {
  const fragment = fc.oneof(
    { weight: 3, arbitrary: fc.uint8Array({ minLength: 3, maxLength: 80 }).map(encodeFrame) },
    fc.uint8Array({ maxLength: 20 }),
    fc.constant(hex('AA AA AA 96 69')),
    fc.constant(hex('AA AA 96 69 00 40')),
    fc.constant(hex('AA AA 96 69 0F F9')),
    fc.constant(hex('AA AA AA 96')),
    fc.integer({ min: 1, max: 6 }).map((count) => new Uint8Array(count).fill(0xaa)),
    fc
      .tuple(fc.uint8Array({ minLength: 3, maxLength: 40 }), fc.nat(60))
      .map(([payload, cut]) => encodeFrame(payload).subarray(0, cut)),
  );

  test('gives the same frames and counts the same bytes however it is split', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 90 })), (parts, cuts) => {
        const stream = concat(...parts);
        const whole = new FrameDecoder();
        const expected = whole.push(stream, 0);
        const split = new FrameDecoder();
        const events: FrameEvent[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = cuts.length === 0 ? 1 : cuts[turn % cuts.length]!;
          events.push(...split.push(stream.slice(at, at + size), 0));
          expect(split.pendingBytes).toBeLessThanOrEqual(4096);
          at += size;
        }
        expect(payloads(events)).toEqual(payloads(expected));
        // Whether the last few bytes are noise may be decided later, but none is lost or counted twice.
        expect(noiseBytes(events) + split.pendingBytes).toBe(noiseBytes(expected) + whole.pendingBytes);
      }),
      { numRuns: 2000 },
    );
  });

  test('every true frame is found in the end, whatever came before it', () => {
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 8 }),
        fc.uint8Array({ minLength: 3, maxLength: 60 }),
        (parts, payload) => {
          const decoder = new FrameDecoder();
          const events = [
            ...decoder.push(concat(...parts), 0),
            ...decoder.expire(1000),
            ...decoder.push(encodeFrame(payload), 1000),
          ];
          expect(payloads(events).at(-1)).toBe(Buffer.from(payload).toString('hex'));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('120,000 frames among garbage, merged and split anywhere, arrive complete and in order', () => {
    const frames = 120_000;
    let state = 0x2545f491;
    const random = (below: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    const decoder = new FrameDecoder();
    let expected = 0;
    let found = 0;
    let wrong = 0;
    let batch: Uint8Array[] = [];
    const take = (events: readonly FrameEvent[]): void => {
      for (const event of events) {
        if (event.kind !== 'frame') continue;
        const view = new DataView(event.payload.buffer, event.payload.byteOffset);
        if (view.getUint32(3) !== found) wrong++;
        found++;
      }
    };
    while (expected < frames) {
      const payload = new Uint8Array(7 + random(expected % 100 === 0 ? 1280 : 40));
      for (let at = 7; at < payload.length; at++) payload[at] = random(256);
      new DataView(payload.buffer).setUint32(3, expected++);
      // Garbage without AA can't begin a frame, so every frame has to come out.
      const garbage = Uint8Array.from({ length: random(4) === 0 ? random(12) : 0 }, () => random(0xaa));
      batch.push(garbage, encodeFrame(payload).subarray(random(8) === 0 ? 1 : 0));
      if (batch.length < 400 && expected < frames) continue;
      const stream = concat(...batch);
      batch = [];
      for (let at = 0; at < stream.length;) {
        const size = 1 + random(random(3) === 0 ? 3000 : 70);
        take(decoder.push(stream.subarray(at, at + size), 0));
        at += size;
      }
    }
    expect({ found, wrong, pending: decoder.pendingBytes }).toEqual({ found: frames, wrong: 0, pending: 0 });
  });
});
