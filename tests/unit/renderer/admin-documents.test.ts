import { describe, expect, it } from 'vitest';
import { BLANK_KEY, keyDraftOf, parseKey } from '../../../src/renderer/admin/documents/chip-key.ts';
import { devicesDraft, parseDevices, SAME_CAMERA } from '../../../src/renderer/admin/documents/devices-form.ts';
import { identificationDraft, parseIdentification } from '../../../src/renderer/admin/scene/identification-form.ts';
import {
  DEFAULT_DOCUMENT_DEVICES,
  documentDevicesSchema,
  type DocumentDevices,
} from '../../../src/shared/domain/document-devices.ts';
import { ZONE } from '../certification/document-samples.ts';

describe('the form for document devices', () => {
  const devices: DocumentDevices = {
    camera: { deviceId: 'stand', label: 'Document camera' },
    chipReader: { kind: 'named', name: 'Reader 0' },
    zoneReader: { kind: 'serial', path: '/dev/ttyUSB3', baud: 19200 },
    certificates: '/etc/csca',
  };

  it.each([DEFAULT_DOCUMENT_DEVICES, devices, { ...devices, zoneReader: { kind: 'keyboard' as const } }])(
    'gives back what was saved',
    (saved) => {
      const parsed = parseDevices(devicesDraft(saved), saved.camera?.label ?? null);
      expect(parsed).toEqual({ ok: true, value: saved });
      expect(documentDevicesSchema.parse(saved)).toEqual(saved);
    },
  );

  it('names the field that is missing', () => {
    const draft = devicesDraft(devices);
    expect(parseDevices({ ...draft, chipName: ' ', path: '' }, null)).toEqual({
      ok: false,
      problems: {
        chipName: { key: 'documents.devices.problem.name' },
        path: { key: 'documents.devices.problem.path' },
      },
    });
    expect(parseDevices({ ...draft, camera: SAME_CAMERA }, null)).toMatchObject({ value: { camera: null } });
  });
});

describe('the key of a chip', () => {
  it('comes from a zone, without what is unknown there', () => {
    const key = keyDraftOf(ZONE);
    expect(key).toEqual({ documentNumber: 'L898902C3', birthDate: '740812', expiryDate: '320415' });
    expect(parseKey(key)).toEqual({ ok: true, value: { kind: 'mrz', ...key } });
    expect(keyDraftOf({ ...ZONE, birthDate: null }).birthDate).toBe('');
  });

  it('names every field that is wrong', () => {
    const parsed = parseKey(BLANK_KEY);
    expect(parsed.ok ? [] : Object.keys(parsed.problems)).toEqual(['documentNumber', 'birthDate', 'expiryDate']);
  });
});

describe('other ways of identification in the form of a scene', () => {
  it.each([
    [{ manualEntry: false, cardPhoto: false }, {}],
    [
      { manualEntry: true, cardPhoto: false, photographedCard: true },
      { identification: { manualEntry: true, cardPhoto: false, photographedCard: true } },
    ],
    [
      { manualEntry: false, cardPhoto: false, travelDocument: true },
      { identification: { manualEntry: false, cardPhoto: false, travelDocument: true } },
    ],
  ])('are kept as %j', (identification, kept) => {
    expect(parseIdentification(identificationDraft({ identification })).identification).toEqual(kept);
  });
});
