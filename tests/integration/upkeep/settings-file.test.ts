import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { createSettingsBackups, BACKUPS_FOLDER_NAME } from '../../../src/main/composition/settings-backups.ts';
import { createSettingsTransfer, type SettingsTransfer } from '../../../src/main/composition/settings-transfer.ts';
import { keyFingerprint } from '../../../src/main/settings/device-identity.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS } from '../../support/sample-records.ts';
import { unwrap } from '../../support/terminal/terminal.ts';

interface Device {
  readonly folder: string;
  readonly installation: Installation;
  readonly transfer: SettingsTransfer;
}

const clock = manualClock(SAMPLE_START_MS);
let devices: Device[] = [];
let here: Device;
let there: Device;

function openDevice(): Device {
  const folder = mkdtempSync(join(tmpdir(), 'settings-file-'));
  const installation = unwrap(openInstallation(folder, keyFile(join(folder, KEY_FILE_NAME), randomBytes), clock));
  const backups = createSettingsBackups(folder, clock);
  const transfer = createSettingsTransfer({ installation, backups, clock, appVersion: '0.1.0', demo: false });
  const device = { folder, installation, transfer };
  devices.push(device);
  return device;
}

beforeEach(() => {
  devices = [];
  here = openDevice();
  there = openDevice();
});
afterEach(() => {
  for (const { folder, installation } of devices) {
    installation.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function auditKinds({ installation }: Device): readonly string[] {
  return installation.database
    .prepare<[], string>("SELECT json_extract(entry, '$.kind') FROM audit ORDER BY seq")
    .pluck()
    .all();
}

const CHOICES = { devices: false, pin: null, confirmed: false, revision: null, reason: 'before-import' } as const;
const fingerprintOf = ({ installation }: Device): string => keyFingerprint(installation.identity.publicKeyJwk);

function fileOf(device: Device, withDevices = false): string {
  return unwrap(device.transfer.export({ devices: withDevices, by: 'Admin' }));
}

describe('a settings file of another terminal', () => {
  beforeEach(() => {
    const { settings } = there.installation;
    unwrap(settings.write('site', { ...unwrap(settings.read('site')), siteName: '人民路支行' }));
    unwrap(settings.write('scene', { ...DEFAULT_SCENE, retentionDays: 7 }));
    unwrap(settings.write('other-scenes', [{ ...DEFAULT_SCENE, id: 'hall', name: '大厅' }]));
    unwrap(settings.write('reader', { kind: 'tcp', host: '10.0.0.7', port: 9000 }));
  });

  it('is previewed field by field, and nothing is changed by that', () => {
    const entries = auditKinds(here).length;
    const preview = unwrap(here.transfer.preview(fileOf(there), false));
    expect(preview).toMatchObject({
      signer: { fingerprint: fingerprintOf(there), trust: 'unknown' },
      appVersion: '0.1.0',
      exportedBy: 'Admin',
      hasDevices: false,
    });
    expect(preview.changes).toContainEqual({
      setting: 'scene',
      path: ['retentionDays'],
      before: { kind: 'value', value: DEFAULT_SCENE.retentionDays },
      after: { kind: 'value', value: 7 },
    });
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ setting: 'other-scenes', path: ['hall', 'name'], before: { kind: 'absent' } }),
    );
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ setting: 'site', after: { kind: 'value', value: '人民路支行' } }),
    );
    expect(auditKinds(here)).toHaveLength(entries);
    expect(unwrap(here.installation.settings.read('scene'))).toEqual(DEFAULT_SCENE);
  });

  it('is taken over only after its fingerprint was compared, which is kept and audited', () => {
    const file = fileOf(there);
    const refused = here.transfer.apply(file, CHOICES);
    expect(refused).toMatchObject({ ok: false, error: { code: 'settings-file.unknown-signer' } });
    expect(here.transfer.apply(file, { ...CHOICES, pin: 'f'.repeat(64) }).ok).toBe(false);
    const before = auditKinds(here).length;
    const applied = unwrap(here.transfer.apply(file, { ...CHOICES, pin: fingerprintOf(there) }));
    expect(applied.changed).toEqual(['scene', 'other-scenes', 'site']);
    expect(auditKinds(here).slice(before)).toEqual([
      'setting.changed',
      'settings-file.signer-pinned',
      'setting.changed',
      'setting.changed',
      'setting.changed',
      'settings-file.imported',
    ]);
    unwrap(there.installation.settings.write('scene', { ...DEFAULT_SCENE, retentionDays: 8 }));
    expect(unwrap(here.transfer.preview(fileOf(there), false)).signer.trust).toBe('pinned');
    expect(here.transfer.apply(fileOf(there), CHOICES).ok).toBe(true);
    expect(unwrap(here.installation.settings.read('scene')).retentionDays).toBe(8);
  });

  it('brings devices only where they are wanted', () => {
    const file = fileOf(there, true);
    const preview = unwrap(here.transfer.preview(file, false));
    expect(preview.hasDevices).toBe(true);
    expect(preview.changes.some(({ setting }) => setting === 'reader')).toBe(false);
    expect(preview.notes).toContainEqual({ note: 'devices-left-out', id: 'reader', records: 0 });
    unwrap(here.transfer.apply(file, { ...CHOICES, devices: true, pin: fingerprintOf(there) }));
    expect(unwrap(here.installation.settings.read('reader'))).toEqual({ kind: 'tcp', host: '10.0.0.7', port: 9000 });
  });

  it('is undone by the backup from before', () => {
    const was = unwrap(here.installation.settings.read('site'));
    const applied = unwrap(here.transfer.apply(fileOf(there), { ...CHOICES, pin: fingerprintOf(there) }));
    const text = unwrap(createSettingsBackups(here.folder, clock).read(applied.backup));
    unwrap(here.transfer.apply(text, { ...CHOICES, devices: true, reason: 'before-restore' }));
    expect(unwrap(here.installation.settings.read('site'))).toEqual(was);
    expect(unwrap(here.installation.settings.read('scene'))).toEqual(DEFAULT_SCENE);
    expect(readdirSync(join(here.folder, BACKUPS_FOLDER_NAME))).toHaveLength(2);
  });

  it('changes nothing at all where one of its settings can not hold here', () => {
    const { settings } = there.installation;
    unwrap(settings.write('scene', { ...DEFAULT_SCENE, scheme: 'NoSuchScheme' }));
    const entries = auditKinds(here).length;
    const refused = here.transfer.apply(fileOf(there), { ...CHOICES, pin: fingerprintOf(there) });
    expect(refused).toEqual(err(failure('settings-file.unfit', 'scene counter.scheme: scheme-unknown')));
    expect(auditKinds(here)).toHaveLength(entries);
  });

  it('is refused where a setting was changed after the preview', () => {
    const file = fileOf(there);
    const { revision } = unwrap(here.transfer.preview(file, false));
    unwrap(
      here.installation.settings.write('site', { ...unwrap(here.installation.settings.read('site')), siteName: 'A' }),
    );
    const refused = here.transfer.apply(file, { ...CHOICES, pin: fingerprintOf(there), revision });
    expect(refused).toMatchObject({ ok: false, error: { code: 'settings.changed-meanwhile' } });
    expect(unwrap(here.installation.settings.read('signers'))).toEqual([]);
    expect(unwrap(here.installation.settings.read('scene'))).toEqual(DEFAULT_SCENE);
  });

  it('that says what is set already changes nothing', () => {
    expect(here.transfer.apply(fileOf(here), CHOICES)).toEqual(err(failure('settings-file.nothing-to-change')));
    expect(unwrap(here.transfer.preview(fileOf(here), true)).changes).toEqual([]);
  });
});

describe('what a settings file never holds', () => {
  it('is a key, a secret of the staff or an enrolment', () => {
    const secret = 'vendor-secret-4711';
    unwrap(here.installation.secrets.replace('direct-verifier-keys', Buffer.from(JSON.stringify({ secret }))));
    const enrolment = {
      deviceId: 'dev-1',
      keyId: 'dev-1:k1',
      serverKeyId: 's1',
      serverKey: here.installation.identity.publicKeyJwk,
    };
    unwrap(here.installation.settings.write('verifier', { address: 'https://verifier.example', enrolment }));
    const file = fileOf(here, true);
    for (const kept of [secret, 'verifier.example', 's1"', 'enrolment', 'staff', 'PRIVATE', '"d":']) {
      expect(file).not.toContain(kept);
    }
  });
});

describe('two who change the same setting', () => {
  it('keep what the faster one saved, whichever way it came', async () => {
    const { editingFrom } = await import('../../../src/main/settings/settings-edit.ts');
    const { settings } = here.installation;
    const settingRevision = () => here.installation.settingRevision();
    const site = unwrap(settings.read('site'));
    const read = unwrap(settingRevision());
    unwrap(settings.write('site', { ...site, siteName: 'first' }));
    const late = editingFrom(read, () => settings.write('site', { ...site, siteName: 'second' }));
    expect(late).toMatchObject({ ok: false, error: { code: 'settings.changed-meanwhile' } });
    expect(unwrap(settings.read('site')).siteName).toBe('first');
    expect(editingFrom(read, () => settings.write('risk', unwrap(settings.read('risk')))).ok).toBe(true);
    const again = editingFrom(unwrap(settingRevision()), () => settings.write('site', { ...site, siteName: 'second' }));
    expect(again).toEqual(ok({ ...site, siteName: 'second' }));
  });
});
