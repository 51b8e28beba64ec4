import { beforeAll, describe, expect, it } from 'vitest';
import { fromHex } from '../../../src/main/chip-document/bytes.ts';
import { cryptoEngine } from '../../../src/main/chip-document/crypto/engine.ts';
import { FILES } from '../../../src/main/chip-document/files/elementary-files.ts';
import type { PaceOffer } from '../../../src/main/chip-document/access/security-infos.ts';
import { readSpecimen, specimenCard } from '../../support/chip-document/read-specimen.ts';
import {
  drawnJpeg,
  portraitFile,
  SPECIMEN_CAN,
  SPECIMEN_KEY,
  SPECIMEN_ZONE,
} from '../../support/chip-document/specimen.ts';
import { response } from '../../support/chip-document/card-apdu.ts';
import { securityFile } from '../../support/chip-document/signed-document.ts';

let card: Awaited<ReturnType<typeof specimenCard>>;
beforeAll(async () => {
  card = await specimenCard();
});

const CIPHERS = { '3des': '01', 'aes-128': '02', 'aes-192': '03', 'aes-256': '04' } as const;
function offer(cipher: PaceOffer['cipher'], parameterId: number): PaceOffer {
  return { protocol: fromHex(`04007F000702020402${CIPHERS[cipher]}`), cipher, parameterId };
}

const STEPS = ['connected', 'access', 'identity', 'portrait', 'security', 'done'];

describe('reading a chip', () => {
  it('opens by BAC and gives zone, portrait and what the signature is worth', async () => {
    const { result, steps } = await readSpecimen(card.contents);
    expect(result).toEqual({
      ok: true,
      value: {
        access: 'bac',
        zone: expect.objectContaining({ lines: SPECIMEN_ZONE, failedChecks: [], repairs: [] }) as unknown,
        portrait: {
          state: 'decoded',
          original: 'jpeg',
          picture: { mediaType: 'image/jpeg', width: 240, height: 320, bytes: await drawnJpeg() },
        },
        signature: { state: 'unchecked', why: 'no-list' },
        dataGroups: [1, 2],
        reader: 'virtual',
      },
    });
    expect(steps).toEqual(STEPS);
  });

  it.each([
    ['3des', 13],
    ['aes-128', 10],
    ['aes-128', 11],
    ['aes-128', 12],
    ['aes-128', 13],
    ['aes-192', 14],
    ['aes-192', 15],
    ['aes-256', 16],
    ['aes-256', 17],
    ['aes-256', 18],
  ] as const)('opens by PACE with %s and domain parameters %d', async (cipher, parameterId) => {
    const contents = { ...card.contents, access: 'pace', offer: offer(cipher, parameterId) } as const;
    for (const key of [SPECIMEN_KEY, SPECIMEN_CAN]) {
      const { result } = await readSpecimen(contents, { key });
      expect(result).toMatchObject({ ok: true, value: { access: 'pace', zone: { documentNumber: 'X12345678' } } });
    }
  });

  it('reads a chip that asks for no key', async () => {
    const { result } = await readSpecimen({ ...card.contents, access: 'none' });
    expect(result).toMatchObject({ ok: true, value: { access: 'none' } });
  });

  it('asks for more at once where the chip takes extended lengths', async () => {
    const short = await readSpecimen(card.contents);
    const extended = await readSpecimen({ ...card.contents, extended: true });
    expect(extended.result).toMatchObject({ ok: true });
    expect(extended.sent).toBeLessThan(short.sent / 1.5);
  });

  it('goes back to short lengths where the chip promises longer ones than it gives', async () => {
    const { result } = await readSpecimen({
      ...card.contents,
      access: 'none',
      extended: true,
      fault: ({ command, answer }) => (command.expected > 256 ? response(0x6700) : answer),
    });
    expect(result).toMatchObject({ ok: true });
  });

  it.each(['bac', 'pace', 'none'] as const)('reads a portrait beyond 32 KiB (%s)', async (access) => {
    const picture = new Uint8Array([...(await drawnJpeg(100)), ...new Uint8Array(70_000)]);
    const files = new Map(card.files).set(FILES.portrait.identifier, portraitFile(picture));
    const groups = new Map([
      [1, files.get(FILES.zone.identifier)!],
      [2, files.get(FILES.portrait.identifier)!],
    ]);
    files.set(FILES.security.identifier, securityFile(groups, card.signer));
    const { result, progress } = await readSpecimen({ ...card.contents, access, files, offer: offer('aes-256', 13) });
    expect(result).toMatchObject({ ok: true, value: { signature: { state: 'unchecked' } } });
    const shares = progress.filter(({ step }) => step === 'portrait').map(({ share }) => share!);
    expect(shares.length).toBeGreaterThan(300);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('a chip that can’t be opened', () => {
  const wrong = { ...SPECIMEN_KEY, documentNumber: 'X12345679' };

  it.each(['bac', 'pace'] as const)('denies a wrong key (%s)', async (access) => {
    const contents = { ...card.contents, access, ...(access === 'pace' ? { offer: offer('aes-128', 13) } : {}) };
    const { result, steps } = await readSpecimen(contents, { key: wrong });
    expect(result).toEqual({ ok: false, error: { code: 'chip.access-denied', detail: '6300' } });
    expect(steps).toEqual(['connected', 'access']);
  });

  it('denies a CAN where only the zone opens, and a wrong CAN', async () => {
    expect((await readSpecimen(card.contents, { key: SPECIMEN_CAN })).result).toMatchObject({
      error: { code: 'chip.access-denied' },
    });
    const pace = { ...card.contents, access: 'pace', offer: offer('aes-128', 13) } as const;
    const { result } = await readSpecimen(pace, { key: { kind: 'can', number: '654321' } });
    expect(result).toMatchObject({ error: { code: 'chip.access-denied' } });
  });

  it.each([
    { kind: 'can', number: '12345' },
    { ...SPECIMEN_KEY, documentNumber: 'X1?' },
    { ...SPECIMEN_KEY, birthDate: '1990-05-06' },
  ] as const)('sends nothing for a key of another form', async (key) => {
    const { result, sent } = await readSpecimen(card.contents, { key });
    expect(result).toMatchObject({ error: { code: 'chip.access-denied' } });
    expect(sent).toBe(0);
  });

  it('tells another kind of chip', async () => {
    const { result } = await readSpecimen({ ...card.contents, travelDocument: false });
    expect(result).toMatchObject({ error: { code: 'chip.other-chip' } });
  });

  it('says what this program’s engine can’t do', async () => {
    const engine = cryptoEngine(['aes-128-cbc'], ['sha1', 'sha256']);
    const { result } = await readSpecimen(card.contents, { engine });
    expect(result).toMatchObject({ error: { code: 'chip.unsupported' } });
    const strong = { ...card.contents, access: 'pace', offer: offer('aes-256', 13) } as const;
    expect((await readSpecimen(strong, { engine })).result).toMatchObject({ error: { code: 'chip.unsupported' } });
    const weak = { ...card.contents, access: 'pace', offer: offer('aes-128', 13) } as const;
    expect((await readSpecimen(weak, { engine })).result).toMatchObject({ ok: true });
  });

  it('doesn’t pretend to know other mappings, and opens by BAC where the chip allows both', async () => {
    const integrated = fromHex('31143012060A04007F0007020204040202010202010D');
    const only = { ...card.contents, access: 'pace', cardAccess: integrated } as const;
    expect((await readSpecimen(only)).result).toMatchObject({ error: { code: 'chip.unsupported' } });
    const both = { ...card.contents, cardAccess: integrated };
    expect((await readSpecimen(both)).result).toMatchObject({ ok: true, value: { access: 'bac' } });
  });
});
