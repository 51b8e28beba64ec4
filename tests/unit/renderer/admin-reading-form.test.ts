import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseDecoding,
  parseReading,
  readingDraft,
  type ReadingDraft,
} from '../../../src/renderer/admin/reader/reading-form.ts';
import { DEFAULT_CARD_READING } from '../../../src/shared/domain/card-reading.ts';
import {
  DEFAULT_PHOTO_DECODING,
  PHOTO_LIBRARY_CALLS,
  type PhotoLibrary,
} from '../../../src/shared/domain/photo-decoding.ts';
import { ADMIN_CHANNELS } from '../../../src/shared/ipc/admin.ts';

const PLAIN = { reading: DEFAULT_CARD_READING, decoding: DEFAULT_PHOTO_DECODING };
const LIBRARY: PhotoLibrary = {
  path: '/opt/reader/libwlt.so',
  call: 'unpack-cpp',
  vendorCode: 708,
  channels: 'bgr',
  rows: 'bottom-up',
  helper: '/opt/reader/helper-32',
};

describe('the form of what is read', () => {
  it('shows what is saved as it is', () => {
    const saved = [
      PLAIN,
      { reading: { appendedAddress: true, fingerprint: 'recognise' as const }, decoding: { library: LIBRARY } },
      { ...PLAIN, decoding: { library: { ...LIBRARY, helper: null, vendorCode: 0 } } },
    ];
    expect(saved.map((settings) => parseReading(readingDraft(settings)))).toEqual(
      saved.map((value) => ({ ok: true, value })),
    );
  });

  it('names the field that is wrong, and none of a library that is not used', () => {
    const wrong: ReadingDraft = { ...readingDraft(PLAIN), decode: true, path: ' ', vendorCode: '70000' };
    const problems = { path: { key: 'reader.problem.libraryPath' }, vendorCode: { key: 'reader.problem.vendorCode' } };
    expect([parseReading(wrong), parseDecoding(wrong)]).toEqual([
      { ok: false, problems },
      { ok: false, problems },
    ]);
    expect(parseReading({ ...wrong, decode: false })).toEqual({ ok: true, value: PLAIN });
  });

  it('lets nothing through that main would refuse', () => {
    const anyDraft = fc.record({
      appendedAddress: fc.boolean(),
      fingerprint: fc.boolean(),
      decode: fc.boolean(),
      path: fc.string({ maxLength: 1_100 }),
      call: fc.constantFrom(...PHOTO_LIBRARY_CALLS),
      vendorCode: fc.oneof(fc.integer().map(String), fc.string()),
      channels: fc.constantFrom('auto', 'rgb', 'bgr'),
      rows: fc.constantFrom('auto', 'top-down', 'bottom-up'),
      helper: fc.string({ maxLength: 1_100 }),
    });
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const result = parseReading(draft);
        return !result.ok || ADMIN_CHANNELS['admin:save-card-reading'].safeParse(result.value).success;
      }),
    );
  });
});
