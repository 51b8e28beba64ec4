import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseData, dataFrame } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { CARDS, tinyWebp } from '../../support/card-reader/cards.ts';
import { run } from '../../support/card-reader/command-line.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'card-decode-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('card decode', () => {
  test.each(CARD_KINDS)('%s', async (kind) => {
    const frame = dataFrame(0x90, baseData(encodeCard(CARDS[kind]), false));
    const wlt = frame.slice();
    // A photo that isn't empty, with the checksum made right again.
    wlt[270]! ^= 0x57;
    wlt[1294]! ^= 0x57;
    expect(run('card', 'decode', await file('frame.bin', wlt), '--full', '--json')).toMatchObject({
      exit: 0,
      lines: [{ type: kind, fields: CARDS[kind].fields, photo: { bytes: 1024, decoded: false } }],
    });
  });

  test('fingerprints are counted; hexadecimal text is read too', async () => {
    const card = encodeCard({ ...CARDS.resident, fingerprintBytes: 1024 });
    const frame = Buffer.from(dataFrame(0x90, baseData(card, true)));
    expect(frame).toHaveLength(2321);
    expect(run('card', 'decode', await file('frame.hex', frame.toString('hex')), '--json')).toMatchObject({
      exit: 0,
      lines: [{ type: 'resident', fingerprint: { bytes: 1024 } }],
    });
  });

  test.each([
    ['a wrong checksum', dataFrame(0x90, new Uint8Array(1284)).fill(0, 1294), 'reader.bad-frame'],
    ['half a frame', dataFrame(0x90, new Uint8Array(1284)).subarray(0, 700), 'reader.bad-frame'],
    ['a refusal', dataFrame(0x41, new Uint8Array(0)), 'card.read-failed'],
    ['zero lengths', dataFrame(0x90, new Uint8Array(1284)), 'card.malformed'],
    ['an empty file', new Uint8Array(0), 'reader.bad-frame'],
  ])('%s', async (_, content, code) => {
    const bad = content.slice();
    if (code === 'reader.bad-frame' && bad.length === 1295) bad[1294] = 0x01;
    expect(run('card', 'decode', await file('bad.bin', bad), '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code } }],
    });
  });

  test('no such file', () => {
    expect(run('card', 'decode', join(folder, 'none'), '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code: 'usage' } }],
    });
  });

  test('masked unless all of it is asked for', async () => {
    const frame = dataFrame(0x90, baseData(encodeCard(CARDS.resident), false));
    const path = await file('frame.bin', frame);
    const masked = run('card', 'decode', path, '--json');
    expect(masked.lines).toMatchObject([{ masked: true, fields: { sex: 'female', address: '***' } }]);
    expect(masked.text).not.toContain(CARDS.resident.fields.number);
    const words = run('card', 'decode', path);
    expect(words.exit).toBe(0);
    expect(words.text).not.toContain(CARDS.resident.fields.number);
    expect(run('card', 'decode', path, '--full').text).toContain(CARDS.resident.fields.number);
  });

  test('a portrait goes to a new file of its owner, and only there', async () => {
    const portrait = tinyWebp();
    const frame = dataFrame(0x90, baseData(encodeCard({ ...CARDS.resident, portrait }), false));
    const path = await file('portrait.bin', frame);
    const out = join(folder, 'portrait.webp');
    expect(run('card', 'decode', path, '--photo-out', out, '--json')).toMatchObject({
      exit: 0,
      lines: [{ photo: { decoded: true, mediaType: 'image/webp' }, simulated: true }],
    });
    expect(new Uint8Array(await readFile(out))).toEqual(portrait);
    if (process.platform !== 'win32') expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(run('card', 'decode', path, '--photo-out', out, '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code: 'usage' } }],
    });
  });

  test('a library that is not there, and options that make none', async () => {
    const wlt = Uint8Array.from({ length: 1024 }, (_, at) => [0x57, 0x4c][at] ?? 0x51);
    const frame = dataFrame(0x90, baseData(encodeCard({ ...CARDS.resident, portrait: wlt }), false));
    const path = await file('wlt.bin', frame);
    const library = join(folder, 'nothing.so');
    expect(run('card', 'decode', path, '--library', library, '--call', 'unpack', '--json')).toMatchObject({
      exit: 0,
      lines: [{ photo: { decoded: false, reason: 'decoder.missing' } }],
    });
    const out = join(folder, 'none.bmp');
    expect(run('card', 'decode', path, '--photo-out', out, '--json')).toMatchObject({
      exit: 1,
      lines: [{ photo: { decoded: false } }, { error: { code: 'decoder.none' } }],
    });
    await expect(stat(out)).rejects.toThrow();
    for (const options of [
      ['--library', library],
      ['--call', 'unpack'],
      ['--library', library, '--call', 'guess'],
    ]) {
      expect(run('card', 'decode', path, ...options, '--json')).toMatchObject({
        exit: 2,
        lines: [{ error: { code: 'usage' } }],
      });
    }
  });
});
