import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noPhotoDecoder, portraitFrom, simulatedPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { loadCard } from '../../../src/main/card-reader/simulator/card-file.ts';
import { applyChange, parseControlLine } from '../../../src/main/card-reader/simulator/control.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { PacedLine } from '../../../src/main/card-reader/simulator/pacing.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARDS, tinyWebp } from '../../support/card-reader/cards.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'card-file-test-'));
  await writeFile(join(folder, 'portrait.webp'), tinyWebp(200));
  await writeFile(join(folder, 'large.webp'), tinyWebp(1025));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(content: unknown): Promise<string> {
  const path = join(folder, 'card.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('card files', () => {
  test('a portrait beside the file, or within it', async () => {
    const beside = await loadCard(await file({ ...CARDS.resident, portrait: { file: 'portrait.webp' } }));
    const base64 = Buffer.from(tinyWebp(200)).toString('base64');
    const within = await loadCard(await file({ ...CARDS.resident, portrait: { base64 } }));
    expect(beside).toEqual({ ok: true, value: { ...CARDS.resident, portrait: tinyWebp(200) } });
    expect(within).toEqual(beside);
  });

  test.each([
    ['no JSON', '{'],
    ['another kind', { ...CARDS.resident, kind: 'library' }],
    ['an unknown field', { ...CARDS.resident, fields: { ...CARDS.resident.fields, nickname: 'x' } }],
    ['a name that is too long', { ...CARDS.resident, fields: { ...CARDS.resident.fields, name: '样'.repeat(16) } }],
    ['an unknown nation', { ...CARDS.resident, fields: { ...CARDS.resident.fields, nation: '火星' } }],
    ['a portrait that is too large', { ...CARDS.resident, portrait: { file: 'large.webp' } }],
    ['a portrait that is missing', { ...CARDS.resident, portrait: { file: 'none.webp' } }],
    ['a portrait that is no WebP', { ...CARDS.resident, portrait: { file: 'card.json' } }],
  ])('%s is refused', async (_, content) => {
    expect(await loadCard(await file(content))).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });

  test('a refusal does not repeat what the file says', async () => {
    const secret = '样'.repeat(16);
    const result = await loadCard(
      await file({ ...CARDS.resident, fields: { ...CARDS.resident.fields, name: secret } }),
    );
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  test('encoding a field that does not fit is a bug', () => {
    const fields = { ...CARDS.resident.fields, issuer: '局'.repeat(16) };
    expect(() => encodeCard({ kind: 'resident', fields })).toThrow(/issuer/);
  });
});

describe('control', () => {
  test.each([
    ['{"card":"a.json"}', { card: 'a.json' }],
    ['{"card":null}', { card: null }],
    ['{"fault":"slow"}', { fault: 'slow' }],
    ['{"deck":"next","fault":"none"}', { deck: 'next', fault: 'none' }],
  ])('%s', (line, change) => {
    expect(parseControlLine(line)).toEqual({ ok: true, value: change });
  });

  test.each(['', '{}', '[]', '{"cards":1}', '{"deck":"last"}', '{"card":null,"deck":"next"}', 'card'])(
    '%j is refused',
    (line) => {
      expect(parseControlLine(line)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    },
  );

  test.each(['pull-mid-frame@', 'pull-mid-frame@99999', 'read-status@4', 'explode', ''])(
    'fault %j is unknown',
    (name) => {
      expect(parseFault(name)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    },
  );

  test('a change with a wrong part changes nothing', async () => {
    const reader = new SimulatedReader(new VirtualTiming());
    reader.insertCard(CARDS.resident);
    expect((await applyChange(reader, { card: null, fault: 'explode' })).ok).toBe(false);
    expect(reader.hasCard).toBe(true);
    expect((await applyChange(reader, { card: null })).ok).toBe(true);
    expect(reader.hasCard).toBe(false);
  });
});

describe('the line', () => {
  test('is never faster than its baud rate, and not late over a whole reply', async () => {
    const timing = new VirtualTiming();
    const startMs = timing.clock.monotonicMs();
    const chunks: { bytes: number; atMs: number }[] = [];
    const line = new PacedLine(timing, 115_200, (bytes) => {
      chunks.push({ bytes: bytes.length, atMs: timing.clock.monotonicMs() - startMs });
    });
    line.send({ bytes: new Uint8Array(1295), thinkMs: 20 });
    line.send({ bytes: new Uint8Array(19), thinkMs: 0 });
    await timing.pass(1000);
    let sum = 0;
    for (const { bytes, atMs } of chunks) {
      sum += bytes;
      expect(bytes).toBeLessThanOrEqual(64);
      expect(sum).toBeLessThanOrEqual((atMs - 20) * 11.52 + 0.01);
    }
    expect(sum).toBe(1314);
    expect(chunks.at(-1)?.atMs).toBeCloseTo(20 + 1314 / 11.52, 6);
  });

  test('makes up for timers that are late', async () => {
    const exact = new VirtualTiming();
    const late = { clock: exact.clock, setTimer: (run: () => void, ms: number) => exact.setTimer(run, ms + 7) };
    const startMs = exact.clock.monotonicMs();
    let endMs = 0;
    const line = new PacedLine(late, 115_200, () => (endMs = exact.clock.monotonicMs() - startMs));
    line.send({ bytes: new Uint8Array(1295), thinkMs: 0 });
    await exact.pass(1000);
    expect(endMs).toBeGreaterThanOrEqual(1295 / 11.52);
    expect(endMs).toBeLessThanOrEqual(1295 / 11.52 + 8);
  });
});

describe('photos', () => {
  const block = (image: Uint8Array): Uint8Array => encodeCard({ ...CARDS.resident, portrait: image }).photo;
  const wlt = new Uint8Array(1024).fill(0x51);
  wlt.set(Buffer.from('WL'));

  test('a simulated block gives the image without its padding', async () => {
    const decoded = await simulatedPhotoDecoder.decode(block(tinyWebp(999)));
    expect(decoded).toEqual({ ok: true, value: { image: tinyWebp(999), mediaType: 'image/webp' } });
  });

  test('a real block is refused by it, and so is a length beyond the block', async () => {
    const lying = block(tinyWebp(100));
    new DataView(lying.buffer).setUint32(4, 0xffff_ffff, true);
    const codes = [];
    for (const bad of [wlt, lying, new Uint8Array(5)]) {
      const decoded = await simulatedPhotoDecoder.decode(bad);
      codes.push(decoded.ok ? null : decoded.error.code);
    }
    expect(codes).toEqual(['decoder.none', 'decoder.refused-photo', 'decoder.none']);
  });

  test('not decoded is not absent', async () => {
    expect(await portraitFrom(wlt, noPhotoDecoder)).toMatchObject({ state: 'not-decoded', bytes: 1024 });
    expect(await portraitFrom(new Uint8Array(1024), noPhotoDecoder)).toEqual({ state: 'absent' });
    expect(await portraitFrom(new Uint8Array(0), noPhotoDecoder)).toEqual({ state: 'absent' });
  });
});
