import type { SettingsFilePreview } from '../../../shared/domain/settings-file.ts';
import type { ADMIN_SETTINGS_FILE_CHANNELS, SettingsFileStatus } from '../../../shared/ipc/admin-settings-file.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';
import { NOW_MS } from './fixture-records.ts';
import type { GalleryCase } from './gallery-case.ts';

const FINGERPRINT = '4f1c9a07d2e8b3650c17f2a9e4d6b8810a35c7e9f01b2d4c6e8fa0b3d5c7e912';
const OTHER = 'b07d11e2c4a96f583e0d7b219a5c48f60e3d82b7c1a4957f36e80d2b5c9a7e14';

function status(which: GalleryCase): SettingsFileStatus {
  const empty = which === 'empty';
  return {
    deviceId: 'dev-7Q4K2',
    fingerprint: FINGERPRINT,
    signers: empty ? [] : [{ fingerprint: OTHER, deviceId: 'dev-HQ001', pinnedAtMs: NOW_MS - 86_400_000 * 20 }],
    backups: empty
      ? []
      : [
          { name: 'a', writtenAtMs: NOW_MS - 3_600_000, bytes: 14_204, reason: 'before-import' },
          { name: 'b', writtenAtMs: NOW_MS - 86_400_000 * 3, bytes: 13_988, reason: 'by-hand' },
        ],
  };
}

function preview(which: GalleryCase): SettingsFilePreview {
  const value = (of: string | number | boolean | null) => ({ kind: 'value', value: of }) as const;
  return {
    signer: { fingerprint: OTHER, deviceId: 'dev-HQ001', trust: which === 'troubled' ? 'unknown' : 'pinned' },
    appVersion: '0.1.0',
    exportedAtMs: NOW_MS - 7_200_000,
    exportedBy: '林主管',
    hasDevices: true,
    changes: [
      { setting: 'scene', path: ['retentionDays'], before: value(30), after: value(7) },
      { setting: 'scene', path: ['far'], before: value(0.0001), after: value(0.00001) },
      { setting: 'other-scenes', path: ['hall', 'name'], before: { kind: 'absent' }, after: value('大厅自助') },
      { setting: 'site', path: ['siteName'], before: value('人民路支行'), after: value('中山路支行') },
      { setting: 'risk', path: ['rememberFaces'], before: value(false), after: value(true) },
      { setting: 'brand', path: ['logo'], before: value(null), after: { kind: 'picture', bytes: 18_432 } },
    ],
    notes:
      which === 'troubled'
        ? [
            { note: 'scene-stays', id: 'vip', records: 214 },
            { note: 'scheme-changes', id: 'counter', records: 1_240 },
            { note: 'devices-left-out', id: 'reader', records: 0 },
          ]
        : [{ note: 'devices-left-out', id: 'reader', records: 0 }],
    revision: 812,
  };
}

/** The signed settings file in each case of the gallery. */
export const settingsFileFixture: AreaFixture<typeof ADMIN_SETTINGS_FILE_CHANNELS> = {
  'admin:settings-file': (_request, which) => ok(status(which)),
  'admin:export-settings': () => ok({ name: 'countersign-settings-dev-7Q4K2.json', text: '{}' }),
  'admin:preview-settings': ({ source }, which) =>
    source.from === 'text' && !source.text.includes('countersign')
      ? err(failure('settings-file.other-product', 'product, kind'))
      : ok(preview(which)),
  'admin:apply-settings': (_request, which) =>
    ok({ changed: ['scene', 'other-scenes', 'site', 'risk', 'brand'], backup: 'a', status: status(which) }),
  'admin:back-up-settings': (_request, which) => ok(status(which)),
  'admin:forget-signer': (_request, which) => ok({ ...status(which), signers: [] }),
};
