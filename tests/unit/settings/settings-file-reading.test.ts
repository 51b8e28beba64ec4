import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSettingsFile } from '../../../src/main/settings/settings-file-reading.ts';
import {
  settingsFileText,
  writeSettingsFile,
  type SettingsFileBody,
} from '../../../src/main/settings/settings-file.ts';
import { DEFAULT_SETTINGS } from '../../../src/main/settings/settings.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { publicKeyJwkSchema } from '../../../src/shared/protocol/kv1.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err } from '../../../src/shared/result.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signText = (text: string) => ({
  keyId: 'local-1:k1',
  signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
});

const BODY: SettingsFileBody = {
  product: 'countersign',
  kind: 'settings',
  format: 1,
  appVersion: '0.1.0',
  exportedAtMs: 1_764_000_000_000,
  exportedBy: null,
  deviceId: 'local-1',
  publicKey: publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' })),
  settings: { scene: DEFAULT_SCENE, 'other-scenes': [{ ...DEFAULT_SCENE, id: 'hall' }], site: DEFAULT_SETTINGS.site },
};
const TEXT = writeSettingsFile(BODY, signText);

/** A file with other members, signed again, as a device of another version would write it. */
function signed(changes: Readonly<Record<string, unknown>>): string {
  const body = { ...BODY, ...changes };
  return JSON.stringify({ ...body, signature: signText(settingsFileText(body)) });
}

const refusalOf = (text: string) => {
  const read = readSettingsFile(text);
  return read.ok ? null : read.error;
};

describe('a settings file', () => {
  it('is read as it was written, whatever its white space and order', () => {
    const shuffled = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(TEXT) as object).toReversed()));
    for (const text of [TEXT, `\uFEFF${TEXT}`, shuffled]) {
      const read = readSettingsFile(text);
      expect(read.ok && read.value.settings).toEqual(BODY.settings);
    }
  });

  it('of an earlier version gets the fields that did not exist then', () => {
    const text = signed({ settings: { camera: { deviceId: 'a', label: null } } });
    const read = readSettingsFile(text);
    expect(read.ok && read.value.settings.camera?.geometry).toEqual(DEFAULT_SETTINGS.camera.geometry);
  });

  it.each([
    ['', 'settings-file.not-json', undefined],
    ['PK\u0003\u0004 spreadsheet', 'settings-file.not-json', undefined],
    ['{"product": countersign}', 'settings-file.not-json', undefined],
    [TEXT.slice(0, TEXT.length / 2), 'settings-file.truncated', undefined],
    [TEXT.slice(0, -3), 'settings-file.truncated', undefined],
    ['[]', 'settings-file.other-product', 'no object'],
    ['null', 'settings-file.other-product', 'no object'],
    ['{"name":"left-pad","version":"1.3.0"}', 'settings-file.other-product', 'product, kind'],
    [signed({ kind: 'records' }), 'settings-file.other-product', 'product, kind'],
    [signed({ format: 2 }), 'settings-file.newer', 'format 2, this version reads 1'],
    [signed({ exportedBy: 'nim\u202eda' }), 'settings-file.unfit', 'exportedBy: nothing that turns text around'],
    [signed({ format: 0 }), 'settings-file.too-old', 'format 0, this version reads 1'],
    [signed({ format: '1' }), 'settings-file.unfit', 'format: a whole number'],
  ] as const)('is refused by name: %#', (text, code, detail) => {
    expect(readSettingsFile(text)).toEqual(err(detail === undefined ? failure(code) : failure(code, detail)));
  });

  it('of 50 MB is refused by its size, without being read', () => {
    const started = performance.now();
    expect(readSettingsFile(' '.repeat(50 * 1024 * 1024))).toEqual(
      err(failure('settings-file.too-large', '50.0 MB, at most 4 MB')),
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is refused when anything in it was changed after it was signed', () => {
    const changed = TEXT.replace('"retentionDays": ', '"retentionDays": 1');
    expect(changed).not.toBe(TEXT);
    for (const text of [changed, TEXT.replace('"exportedBy": null', '"exportedBy": "somebody"')]) {
      expect(refusalOf(text)).toEqual(failure('settings-file.bad-signature', 'signature'));
    }
  });

  it('is refused without a signature, and with one of another key', () => {
    const unsigned = JSON.stringify(BODY);
    expect(refusalOf(unsigned)?.code).toBe('settings-file.bad-signature');
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    const swapped = JSON.stringify({ ...(JSON.parse(TEXT) as object), publicKey: { ...BODY.publicKey, x: other.x } });
    expect(refusalOf(swapped)).toEqual(failure('settings-file.bad-signature', 'signature'));
  });

  it.each([
    [{ surprise: 1 }, 'the file: this version does not know surprise'],
    [{ settings: { site: DEFAULT_SETTINGS.site, pin: '1' } }, 'settings: this version does not know pin'],
    [{ settings: { site: { ...DEFAULT_SETTINGS.site, motto: 'x' } } }, 'site: this version does not know motto'],
    [{ settings: { verifier: { address: null, enrolment: null } } }, 'settings: this version does not know verifier'],
  ])('with a field that is not known is refused with its name: %#', (changes, detail) => {
    expect(refusalOf(signed(changes))).toEqual(failure('settings-file.unknown-field', detail));
  });

  it.each([
    [{ site: { ...DEFAULT_SETTINGS.site, siteName: 'x'.repeat(31) } }, 'site.siteName: at most 30 characters'],
    [{ site: { ...DEFAULT_SETTINGS.site, siteName: 7 } }, 'site.siteName: has to be string'],
    [{ site: null }, 'site: has to be object'],
    [
      { scene: DEFAULT_SCENE, 'other-scenes': [{ ...DEFAULT_SCENE, id: 'hall', retentionDays: 0 }] },
      'other-scenes.hall.retentionDays: at least 1',
    ],
    [{ scene: { ...DEFAULT_SCENE, offlinePolicy: 'maybe' }, 'other-scenes': [] }, 'scene.offlinePolicy: one of '],
    [{ scene: DEFAULT_SCENE }, 'settings: scene and other-scenes'],
    [{ brand: { ...DEFAULT_SETTINGS.brand, accent: 'red' } }, 'brand.accent: '],
  ])('with a value that does not fit is refused with field and limit: %#', (settings, detail) => {
    const refused = refusalOf(signed({ settings }));
    expect(refused?.code).toBe('settings-file.unfit');
    expect(refused?.detail).toContain(detail);
  });
});
