import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentHandlers } from '../../../src/main/composition/admin-document-handlers.ts';
import { clerkCorrections } from '../../../src/main/composition/document-desk.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { DEFAULT_DOCUMENT_DEVICES, type DocumentDevices } from '../../../src/shared/domain/document-devices.ts';
import type { DocumentReading } from '../../../src/shared/domain/document-reading.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS } from '../../support/sample-records.ts';
import { back, CARD_NUMBER, chipDocument, field, front, ZONE, zonePage } from '../certification/document-samples.ts';

const TODAY = '2026-11-21';
const image = new Uint8Array([1]);

describe('what a clerk makes of a reading', () => {
  it('records what was unsure or changed, and no value', () => {
    const reading = front({ name: field('祥本人', 'unclear'), address: field('样本路1号', 'unclear') });
    expect(clerkCorrections(reading, { name: '样本人', address: '样本路1号', number: CARD_NUMBER }, TODAY)).toEqual(
      ok([
        { field: 'name', by: 'clerk', action: 'changed', doubt: 'unclear', confidence: 0.4, charactersChanged: 1 },
        { field: 'address', by: 'clerk', action: 'confirmed', doubt: 'unclear', confidence: 0.4, charactersChanged: 0 },
      ]),
    );
    expect(clerkCorrections(front(), {}, TODAY)).toEqual(ok([]));
  });

  it.each([
    [front(), { number: '110000199001010018' }, 'number'],
    [front(), { name: '1' }, 'name'],
    [front(), { sex: 'x' }, 'sex'],
    [front(), { birthDate: '1990-02-30' }, 'birthDate'],
    [back(), { validTo: '2040' }, 'validTo'],
    [back(), { issuer: '' }, 'issuer'],
    [bankCard(), { number: '6222000000000001' }, 'number'],
    [bankCard(), { expiry: '2030-13' }, 'expiry'],
  ] as const)('names the field that can not be so', (reading, values, name) => {
    expect(clerkCorrections(reading, values, TODAY)).toEqual(err(failure('request.invalid', name)));
  });
});

function bankCard(): DocumentReading {
  const { quarterTurns, outline, picture, warnings, tookMs } = front();
  return {
    ...{ quarterTurns, outline, picture, warnings, tookMs },
    page: 'bank-card',
    fields: { number: field('6222020000000000000'), expiry: field('2030-01'), holder: field(null, 'not-found') },
    issue: { issuer: null, issuerCode: null, type: null, cardName: null },
    embossed: false,
  };
}

describe('the channels for documents', () => {
  let folder = '';
  let installation: Installation;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-documents-'));
    const key = keyFile(join(folder, KEY_FILE_NAME), randomBytes);
    const opened = openInstallation(folder, key, manualClock(SAMPLE_START_MS));
    if (!opened.ok) throw new Error(opened.error.code);
    installation = opened.value;
  });
  afterEach(() => {
    installation.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function desk(readings: readonly Result<DocumentReading, Failure>[], busy = false) {
    let next = 0;
    const configured: DocumentDevices[] = [];
    const handlers = documentHandlers({
      installation,
      clock: manualClock(SAMPLE_START_MS),
      busy: () => busy,
      onSettings: () => undefined,
      documents: {
        watch: async () => ok({ outline: null, hint: 'no-card', progress: 0, take: false }),
        endWatch: async () => ok(null),
        read: async () => readings[next++]!,
      },
      travelDocuments: {
        configure: async (devices) => {
          configured.push(devices);
          return ok(null);
        },
        listReaders: async () => ok([{ name: 'reader', documentPresent: true }]),
        progress: () => null,
        takeSwiped: () => ZONE,
        read: async () => ok(chipDocument({ state: 'unchecked', why: 'no-list' })),
      },
    });
    return { handlers, configured };
  }

  it('keep a reading until it is confirmed, and note by whom, without a value', async () => {
    const { handlers } = desk([ok(front({ name: field('祥本人', 'unclear') }))]);
    const read = await handlers['admin:read-document']({ page: 'id-card-front', image });
    if (!read.ok) throw new Error(read.error.code);
    const { readingId } = read.value;
    expect(await handlers['admin:confirm-document']({ readingId, values: { number: '1' } })).toEqual(
      err(failure('request.invalid', 'number')),
    );
    expect(await handlers['admin:confirm-document']({ readingId, values: { name: '样本人' } })).toMatchObject({
      ok: true,
      value: { corrections: [{ field: 'name', by: 'clerk', action: 'changed' }] },
    });
    const gone = await handlers['admin:confirm-document']({ readingId, values: {} });
    expect(gone).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    const entries = installation.database.prepare('select * from audit').all();
    expect(JSON.stringify(entries)).toContain('document.confirmed');
    expect(JSON.stringify(entries)).not.toMatch(/样本|110000/);
  });

  it('forget a reading when another begins, fails or is dropped', async () => {
    const { handlers } = desk([ok(front()), err(failure('document.no-card')), ok(back()), ok(zonePage())]);
    const first = await handlers['admin:read-document']({ page: 'id-card-front', image });
    if (!first.ok) throw new Error(first.error.code);
    expect(await handlers['admin:read-document']({ page: 'id-card-front', image })).toEqual(
      err(failure('document.no-card')),
    );
    const old = await handlers['admin:confirm-document']({ readingId: first.value.readingId, values: {} });
    expect(old.ok).toBe(false);
    const second = await handlers['admin:read-document']({ page: 'id-card-back', image });
    if (!second.ok) throw new Error(second.error.code);
    await handlers['admin:drop-document'](null);
    const dropped = await handlers['admin:confirm-document']({ readingId: second.value.readingId, values: {} });
    expect(dropped.ok).toBe(false);
  });

  it('leave a running certification alone', async () => {
    const { handlers } = desk([ok(front())], true);
    const key = { kind: 'can', number: '123456' } as const;
    const answers = await Promise.all([
      handlers['admin:read-document']({ page: 'id-card-front', image }),
      handlers['admin:document-frame']({ page: 'id-card-front', jpeg: image, capturedAtMs: 1 }),
      handlers['admin:read-chip']({ key }),
      handlers['admin:save-document-devices'](DEFAULT_DOCUMENT_DEVICES),
    ]);
    expect(answers.map(({ ok: done }) => done)).toEqual([false, false, false, false]);
  });

  it('save devices and hand them to the device process', async () => {
    const { handlers, configured } = desk([]);
    const devices: DocumentDevices = { ...DEFAULT_DOCUMENT_DEVICES, chipReader: { kind: 'any' } };
    expect(await handlers['admin:save-document-devices'](devices)).toEqual(ok(devices));
    expect(configured).toEqual([devices]);
    expect(await handlers['admin:document-devices'](null)).toEqual(ok(devices));
  });
});
