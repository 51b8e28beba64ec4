/**
 * Frame decoding: ours, @serialport/parser-packet-length and a bare XOR loop over the same bytes, in one run; then how
 * many cards a second are read from their text blocks.
 * Run with `node tests/bench/frame-decode.bench.ts`.
 */
import { PacketLengthParser } from '@serialport/parser-packet-length';
import { cpus, loadavg } from 'node:os';
import { FrameDecoder, encodeFrame } from '../../src/main/card-reader/frame-codec.ts';
import { parseTextBlock } from '../../src/main/card-reader/layouts.ts';
import { encodeCard } from '../../src/main/card-reader/simulator/text-block.ts';
import { CARD_KINDS } from '../../src/shared/domain/document.ts';
import { CARDS } from '../support/card-reader/cards.ts';

const PAYLOAD_BYTES = 1287;
const CHUNK_SIZES = [64, 1295, 65_536] as const;

function testFrame(): Uint8Array {
  const payload = new Uint8Array(PAYLOAD_BYTES);
  payload.set([0x00, 0x00, 0x90, 0x01, 0x00, 0x04, 0x00]);
  for (let at = 7; at < payload.length; at++) payload[at] = (at * 31) & 0xff;
  return encodeFrame(payload);
}

function streamOf(frames: number, chunkBytes: number): Uint8Array[] {
  const frame = testFrame();
  const whole = new Uint8Array(frame.length * frames);
  for (let n = 0; n < frames; n++) whole.set(frame, n * frame.length);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += chunkBytes) chunks.push(whole.subarray(at, at + chunkBytes));
  return chunks;
}

/** Best of several rounds, in MB/s (10^6 bytes). */
function throughput(bytes: number, rounds: number, run: () => void): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return bytes / 1000 / best;
}

function measureOurs(chunks: readonly Uint8Array[], frames: number): number {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return throughput(bytes, 12, () => {
    const decoder = new FrameDecoder();
    let found = 0;
    for (const chunk of chunks) for (const event of decoder.push(chunk, 0)) if (event.kind === 'frame') found++;
    if (found !== frames) throw new Error(`found ${found} of ${frames} frames`);
  });
}

function measurePeer(chunks: readonly Uint8Array[], frames: number): number {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return throughput(bytes, 3, () => {
    let found = 0;
    const parser = new PacketLengthParser({
      delimiter: 0xaa,
      delimiterBytes: 1,
      packetOverhead: 7,
      lengthBytes: 2,
      lengthOffset: 5,
      maxLen: 4089,
    });
    parser.on('data', () => void found++);
    for (const chunk of chunks) parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    if (found !== frames) throw new Error(`the peer found ${found} of ${frames} frames`);
  });
}

/** The same stream with LEN written low byte first, because that is the only order the peer can read. */
function withLittleEndianLength(chunks: readonly Uint8Array[]): Uint8Array[] {
  const whole = new Uint8Array(Buffer.concat(chunks));
  for (let at = 0; at < whole.length; at += PAYLOAD_BYTES + 8) {
    const high = whole[at + 5]!;
    whole[at + 5] = whole[at + 6]!;
    whole[at + 6] = high;
  }
  let taken = 0;
  return chunks.map((chunk) => whole.subarray(taken, (taken += chunk.length)));
}

function measureBareXor(frames: number): number {
  const frame = testFrame();
  return throughput(frame.length * frames, 12, () => {
    let sum = 0;
    for (let n = 0; n < frames; n++) for (let at = 5; at < frame.length; at++) sum ^= frame[at]!;
    if (sum !== 0) throw new Error('checksum');
  });
}

console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`);
console.log(`bare XOR loop                       ${measureBareXor(2000).toFixed(0).padStart(8)} MB/s`);
for (const chunkBytes of CHUNK_SIZES) {
  const ours = measureOurs(streamOf(2000, chunkBytes), 2000);
  const peer = measurePeer(withLittleEndianLength(streamOf(20, chunkBytes)), 20);
  console.log(
    `chunks of ${String(chunkBytes).padStart(6)} B   ours ${ours.toFixed(0).padStart(6)} MB/s   ` +
      `parser-packet-length ${peer.toFixed(2).padStart(6)} MB/s   ${(ours / peer).toFixed(0)} times faster`,
  );
}

const blocks = CARD_KINDS.map((kind) => encodeCard(CARDS[kind]).text);
const textBlocksPerMs = throughput(20_000 * 1000, 8, () => {
  for (let n = 0; n < 20_000; n++) if (!parseTextBlock(blocks[n % blocks.length]!).ok) throw new Error('not read');
});
console.log(`text blocks of the four kinds       ${Math.round(textBlocksPerMs * 1000).toLocaleString('en')} cards/s`);
