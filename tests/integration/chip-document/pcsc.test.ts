/** Chips through the system's own PC/SC: koffi, libpcsclite, pcscd and a virtual reader with a virtual card. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChipHandlers } from '../../../src/main/chip-document/chip-handlers.ts';
import { FILES } from '../../../src/main/chip-document/files/elementary-files.ts';
import type { CountryCertificates } from '../../../src/main/chip-document/signature/country-certificates.ts';
import { readCountryCertificates } from '../../../src/main/chip-document/signature/country-certificates.ts';
import { fromHex } from '../../../src/main/chip-document/bytes.ts';
import type { ChipProgress } from '../../../src/shared/domain/travel-document.ts';
import { ok } from '../../../src/shared/result.ts';
import { response } from '../../support/chip-document/card-apdu.ts';
import { authorityOf } from '../../support/chip-document/issuer.ts';
import { startPcscd, whyNoPcscd, type Pcscd } from '../../support/chip-document/pcscd.ts';
import { specimenCard } from '../../support/chip-document/read-specimen.ts';
import { signerOf } from '../../support/chip-document/signed-document.ts';
import {
  drawnJpeg,
  drawnJpeg2000,
  SPECIMEN_CAN,
  SPECIMEN_KEY,
  specimenFiles,
  zoneFile,
  SPECIMEN_ZONE,
} from '../../support/chip-document/specimen.ts';
import { VirtualCard, type CardContents } from '../../support/chip-document/virtual-card.ts';
import { insertCard, type InsertedCard } from '../../support/chip-document/vpcd-card.ts';

const why = whyNoPcscd();
if (why) console.warn(`skipped, chips over PC/SC: ${why}`);

describe.skipIf(why !== null)('chips over PC/SC', () => {
  let service: Pcscd;
  let specimen: Awaited<ReturnType<typeof specimenCard>>;
  let inserted: InsertedCard | null = null;

  beforeAll(async () => {
    service = await startPcscd();
    process.env['PCSCLITE_CSOCK_NAME'] = service.socket;
    specimen = await specimenCard();
  });
  afterEach(() => takeOff());

  const takeOff = async (): Promise<void> => {
    inserted?.lift();
    inserted = null;
    const { chips } = await handlers();
    const empty = async (): Promise<boolean> => {
      const list = await chips.listChipReaders();
      return !list.ok || list.value.every(({ documentPresent }) => !documentPresent);
    };
    await expect.poll(empty, { timeout: 5000 }).toBe(true);
  };
  afterAll(() => service?.stop());

  /** vpcd sometimes forgets a card that comes soon after one that was torn off; then it is put there again. */
  const put = async (contents: Partial<CardContents> = {}): Promise<void> => {
    const { chips } = await handlers();
    for (let tries = 0; tries < 3; tries += 1) {
      inserted = await insertCard(service.port, new VirtualCard({ ...specimen.contents, ...contents }));
      for (let looks = 0; looks < 10; looks += 1) {
        const list = await chips.listChipReaders();
        if (list.ok && list.value.some(({ documentPresent }) => documentPresent)) return;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      inserted.lift();
    }
    throw new Error('the reader takes no card');
  };

  function trusted(): CountryCertificates {
    const read = readCountryCertificates(specimen.authority.certificate);
    return { certificates: read.ok ? read.value : [] };
  }

  async function handlers(options: { readonly name?: string; readonly certificates?: boolean } = {}) {
    const progress: ChipProgress[] = [];
    const chips = createChipHandlers({
      emit: (_, each) => progress.push(each),
      loadCertificates: async () => ok(trusted()),
    });
    const { name, certificates } = options;
    await chips.configure({
      chipReader: name === undefined ? { kind: 'any' } : { kind: 'named', name },
      certificates: certificates ? 'given' : null,
    });
    return { chips, progress };
  }

  const read = async (contents: Partial<CardContents>, request: object = {}) => {
    await put(contents);
    const { chips, progress } = await handlers({ certificates: true });
    const result = await chips.readChip({ key: SPECIMEN_KEY, timeoutMs: 10_000, ...request });
    return { result, steps: [...new Set(progress.map(({ step }) => step))] };
  };

  it('lists readers and tells which holds a document', async () => {
    const { chips } = await handlers();
    const present = async () => {
      const list = await chips.listChipReaders();
      return list.ok && list.value.map(({ name, documentPresent }) => ({ name, documentPresent }));
    };
    const [first, second] = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];
    expect(await present()).toEqual([
      { name: first, documentPresent: false },
      { name: second, documentPresent: false },
    ]);
    await put();
    await expect.poll(present, { timeout: 5000 }).toEqual([
      { name: first, documentPresent: true },
      { name: second, documentPresent: false },
    ]);
  });

  it('waits for a document, reads it by BAC and vouches for its signature', async () => {
    const { chips, progress } = await handlers({ certificates: true });
    const reading = chips.readChip({ key: SPECIMEN_KEY, timeoutMs: 20_000 });
    await expect.poll(() => progress.length).toBe(1);
    await put();
    const result = await reading;
    expect(result).toMatchObject({
      ok: true,
      value: {
        access: 'bac',
        reader: 'Virtual PCD 00 00',
        zone: { documentNumber: 'X12345678' },
        portrait: { state: 'decoded', original: 'jpeg' },
        signature: { state: 'valid', country: 'UTO' },
        dataGroups: [1, 2],
      },
    });
    const steps = [...new Set(progress.map(({ step }) => step))];
    expect(steps).toEqual(['waiting', 'connected', 'access', 'identity', 'portrait', 'security', 'done']);
  });

  it('reads by PACE with the card access number, with extended lengths and JPEG 2000', async () => {
    const offer = { protocol: fromHex('04007F00070202040204'), cipher: 'aes-256', parameterId: 13 } as const;
    const files = specimenFiles(specimen.signer, await drawnJpeg2000('file'));
    const { result } = await read({ access: 'pace', offer, files, extended: true }, { key: SPECIMEN_CAN });
    expect(result).toMatchObject({
      ok: true,
      value: { access: 'pace', portrait: { original: 'jpeg2000' }, signature: { state: 'valid' } },
    });
  });

  it('says when no document came, and when waiting was cancelled', async () => {
    const { chips } = await handlers();
    expect(await chips.readChip({ key: SPECIMEN_KEY, timeoutMs: 400 })).toMatchObject({
      error: { code: 'user.timed-out' },
    });
    const reading = chips.readChip({ key: SPECIMEN_KEY, timeoutMs: 20_000 });
    setTimeout(() => void chips.cancelChip(), 300);
    expect(await reading).toEqual({ ok: false, error: { code: 'user.cancelled' } });
  });

  it('knows a reader that isn’t there, and one that isn’t configured', async () => {
    const { chips } = await handlers({ name: 'Another reader' });
    const request = { key: SPECIMEN_KEY, timeoutMs: 1000 };
    expect(await chips.readChip(request)).toMatchObject({ error: { code: 'chip.reader-missing' } });
    await chips.configure({ chipReader: null, certificates: null });
    expect(await chips.readChip(request)).toMatchObject({ error: { code: 'chip.reader-missing' } });
  });

  it('denies a wrong key, and reads the same document with the right one', async () => {
    const wrong = { ...SPECIMEN_KEY, expiryDate: '350416' };
    const { result } = await read({}, { key: wrong });
    expect(result).toMatchObject({ error: { code: 'chip.access-denied' } });
    const { chips } = await handlers();
    expect(await chips.readChip({ key: SPECIMEN_KEY, timeoutMs: 10_000 })).toMatchObject({ ok: true });
  });

  it('knows another kind of chip', async () => {
    expect((await read({ travelDocument: false })).result).toMatchObject({ error: { code: 'chip.other-chip' } });
  });

  it('gives nothing of a document that is lifted during the portrait', async () => {
    let pieces = 0;
    const { result, steps } = await read({
      fault: ({ file, answer }) => (file === FILES.portrait.identifier && ++pieces > 8 ? null : answer),
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'chip.stopped' } });
    expect(steps).toEqual(['waiting', 'connected', 'access', 'identity', 'portrait']);
  });

  it('says that a chip stopped which answers errors halfway, and that one lies', async () => {
    const fault: CardContents['fault'] = ({ file, answer }) =>
      file === FILES.portrait.identifier ? response(0x6f00) : answer;
    expect((await read({ fault })).result).toMatchObject({ error: { code: 'chip.stopped' } });
    await takeOff();
    const files = new Map(specimen.files).set(FILES.portrait.identifier, fromHex('7583 0F0000 00112233'));
    expect((await read({ files })).result).toMatchObject({ error: { code: 'chip.malformed' } });
    await takeOff();
    const garbage: CardContents['fault'] = ({ number, answer }) => (number > 6 ? fromHex('DEADBEEF9000') : answer);
    expect((await read({ fault: garbage })).result).toMatchObject({ error: { code: 'chip.malformed' } });
  });

  it('calls forged what is: a changed zone, a changed signature, another country’s signer', async () => {
    const zone = zoneFile(SPECIMEN_ZONE.map((line) => line.replace('ANNA', 'ERIK')));
    const signature = specimen.files.get(FILES.security.identifier)!.slice();
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    const stranger = signerOf(authorityOf('UT', 'ecdsa-prime256v1-sha256'));
    const cases = [
      [new Map(specimen.files).set(FILES.zone.identifier, zone), 'hash-differs'],
      [new Map(specimen.files).set(FILES.security.identifier, signature), 'signature-wrong'],
      [specimenFiles(stranger, await drawnJpeg()), 'signer-not-trusted'],
    ] as const;
    for (const [files, reason] of cases) {
      const { result } = await read({ files });
      expect(result).toMatchObject({ ok: true, value: { signature: { state: 'forged', why: reason } } });
      await takeOff();
    }
  });

  it('says that the reader is gone when the service dies halfway, and finds the next one', async () => {
    let pieces = 0;
    const { result } = await read({
      fault: ({ file, answer }) => {
        if (file === FILES.portrait.identifier && ++pieces === 5) void service.stop();
        return answer;
      },
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'chip.reader-lost' } });
    await service.stop();
    const { chips } = await handlers();
    expect(await chips.listChipReaders()).toMatchObject({ error: { code: 'chip.service-missing' } });
    const request = { key: SPECIMEN_KEY, timeoutMs: 1000 };
    expect(await chips.readChip(request)).toMatchObject({ error: { code: 'chip.service-missing' } });
  });
});
