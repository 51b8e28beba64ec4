import type { Clock } from '../../shared/clock.ts';
import {
  DEVICE_SETTINGS,
  PORTABLE_SETTINGS,
  type FileSettingName,
  type SettingsFilePreview,
  type SettingsFileSigner,
} from '../../shared/domain/settings-file.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keyFingerprint } from '../settings/device-identity.ts';
import { editingFrom } from '../settings/settings-edit.ts';
import { readSettingsFile } from '../settings/settings-file-reading.ts';
import {
  SETTINGS_FILE_FORMAT,
  SETTINGS_FILE_KIND,
  SETTINGS_FILE_PRODUCT,
  writeSettingsFile,
  type SettingsFile,
} from '../settings/settings-file.ts';
import { sha256Hex } from '../store/hashing.ts';
import { inOneTransaction } from '../store/one-transaction.ts';
import type { Installation } from './installation.ts';
import { policyRefusal } from './risk-policy.ts';
import type { BackupReason, SettingsBackups } from './settings-backups.ts';
import { planSettings, type SettingsPlan } from './settings-plan.ts';

export interface SettingsTransferParts {
  readonly installation: Pick<
    Installation,
    'database' | 'settings' | 'settingRevision' | 'audit' | 'identity' | 'queries'
  >;
  readonly backups: SettingsBackups;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly demo: boolean;
}

export interface ApplyChoices {
  readonly devices: boolean;
  readonly pin: string | null;
  readonly confirmed: boolean;
  /** Of the preview; null: whatever there is now. */
  readonly revision: number | null;
  readonly reason: BackupReason;
}

export interface AppliedSettings {
  readonly changed: readonly FileSettingName[];
  readonly backup: string;
}

/** Settings as one signed file: out of this terminal, and into it. */
export interface SettingsTransfer {
  export(choices: { readonly devices: boolean; readonly by: string | null }): Result<string, Failure>;
  preview(text: string, devices: boolean): Result<SettingsFilePreview, Failure>;
  /**
   * Takes a file over, all of it or nothing, after a backup. `settings-file.unknown-signer` unless its signer is this
   * device, pinned, or pinned with it; `settings.changed-meanwhile` where a setting isn't what the preview compared.
   */
  apply(text: string, choices: ApplyChoices): Result<AppliedSettings, Failure>;
  /** Keeps the settings as they are now, devices included. */
  backUp(reason: BackupReason): Result<string, Failure>;
}

/**
 * Files are signed with this device's key. A preview writes everything and takes it back; the backup of `apply` stays
 * even where taking over fails.
 */
export function createSettingsTransfer(parts: SettingsTransferParts): SettingsTransfer {
  const backUp: SettingsTransfer['backUp'] = (reason) => {
    const text = exportText(parts, { devices: true, by: null });
    return text.ok ? parts.backups.keep(text.value, reason) : text;
  };
  return {
    export: (choices) => {
      const text = exportText(parts, choices);
      if (!text.ok) return text;
      const noted = parts.installation.audit.append('settings-file.exported', {
        devices: choices.devices,
        fileHash: sha256Hex(text.value),
      });
      return noted.ok ? text : noted;
    },
    preview: (text, devices) => previewOf(parts, text, devices),
    apply: (text, choices) => applyText(parts, text, choices, backUp),
    backUp,
  };
}

function exportText(
  { installation, clock, appVersion }: SettingsTransferParts,
  { devices, by }: { readonly devices: boolean; readonly by: string | null },
): Result<string, Failure> {
  const { settings, identity } = installation;
  const values: Record<string, unknown> = {};
  for (const name of [...PORTABLE_SETTINGS, ...(devices ? DEVICE_SETTINGS : [])]) {
    const value = settings.read(name);
    if (!value.ok) return value;
    values[name] = value.value;
  }
  const body = {
    product: SETTINGS_FILE_PRODUCT,
    kind: SETTINGS_FILE_KIND,
    format: SETTINGS_FILE_FORMAT,
    appVersion,
    exportedAtMs: Math.max(0, clock.wallMs()),
    exportedBy: by,
    deviceId: identity.deviceId(),
    publicKey: identity.publicKeyJwk,
    settings: values as SettingsFile['settings'],
  } as const;
  return ok(writeSettingsFile(body, (text) => identity.sign(text)));
}

function signerOf({ installation }: SettingsTransferParts, file: SettingsFile): Result<SettingsFileSigner, Failure> {
  const fingerprint = keyFingerprint(file.publicKey);
  const { deviceId } = file;
  if (fingerprint === keyFingerprint(installation.identity.publicKeyJwk)) {
    return ok({ fingerprint, deviceId, trust: 'own' });
  }
  const signers = installation.settings.read('signers');
  if (!signers.ok) return signers;
  const pinned = signers.value.some((signer) => signer.fingerprint === fingerprint);
  return ok({ fingerprint, deviceId, trust: pinned ? 'pinned' : 'unknown' });
}

interface Read {
  readonly file: SettingsFile;
  readonly signer: SettingsFileSigner;
  readonly plan: SettingsPlan;
}

function readAndPlan(parts: SettingsTransferParts, text: string, devices: boolean): Result<Read, Failure> {
  const file = readSettingsFile(text);
  if (!file.ok) return file;
  const signer = signerOf(parts, file.value);
  if (!signer.ok) return signer;
  const { settings, queries } = parts.installation;
  const plan = planSettings({ settings, queries, demo: parts.demo }, file.value.settings, devices);
  return plan.ok ? ok({ file: file.value, signer: signer.value, plan: plan.value }) : plan;
}

function previewOf(parts: SettingsTransferParts, text: string, devices: boolean): Result<SettingsFilePreview, Failure> {
  // Before everything that it counts for: a change that comes in between is noticed when the file is taken over.
  const revision = parts.installation.settingRevision();
  if (!revision.ok) return revision;
  const read = readAndPlan(parts, text, devices);
  if (!read.ok) return read;
  const { file, signer, plan } = read.value;
  const tried = tryOut(parts, plan);
  if (!tried.ok) return tried;
  return ok({
    signer,
    appVersion: file.appVersion,
    exportedAtMs: file.exportedAtMs,
    exportedBy: file.exportedBy,
    hasDevices: DEVICE_SETTINGS.some((name) => file.settings[name] !== undefined),
    changes: plan.changes,
    notes: plan.notes,
    revision: revision.value,
  });
}

const TRIED_OUT = failure('settings-file.nothing-to-change', 'only tried');

/** Writes it all and takes it back, so that a preview refuses whatever taking over would refuse. */
function tryOut(parts: SettingsTransferParts, plan: SettingsPlan): Result<null, Failure> {
  const tried = inOneTransaction<null>(parts.installation.database, () => {
    const written = writePlan(parts, plan);
    return written.ok ? err(TRIED_OUT) : written;
  });
  return tried.ok || tried.error === TRIED_OUT ? ok(null) : tried;
}

function writePlan({ installation }: SettingsTransferParts, plan: SettingsPlan): Result<null, Failure> {
  const { settings } = installation;
  for (const { name, value } of plan.writes) {
    const written = settings.write(name, value as never);
    if (!written.ok) return written;
  }
  const risk = settings.read('risk');
  if (!risk.ok) return risk;
  const refusal = policyRefusal(settings, risk.value);
  if (!refusal.ok) return refusal;
  return refusal.value === null ? ok(null) : err(failure('settings-file.unfit', `risk.${refusal.value}`));
}

function applyText(
  parts: SettingsTransferParts,
  text: string,
  choices: ApplyChoices,
  backUp: SettingsTransfer['backUp'],
): Result<AppliedSettings, Failure> {
  const read = readAndPlan(parts, text, choices.devices);
  if (!read.ok) return read;
  const { signer, plan } = read.value;
  if (signer.trust === 'unknown' && choices.pin !== signer.fingerprint) {
    return err(failure('settings-file.unknown-signer', `${signer.deviceId}, fingerprint ${signer.fingerprint}`));
  }
  const changing = plan.notes.find(({ note }) => note === 'scheme-changes');
  if (changing !== undefined && !choices.confirmed) {
    return err(failure('request.invalid', `confirmed: ${changing.records} records of scene ${changing.id}`));
  }
  if (plan.writes.length === 0) return err(failure('settings-file.nothing-to-change'));
  const backup = backUp(choices.reason);
  if (!backup.ok) return backup;
  const applied = editingFrom(choices.revision, () =>
    inOneTransaction(parts.installation.database, () => applyWithin(parts, read.value, text)),
  );
  return applied.ok ? ok({ changed: plan.writes.map(({ name }) => name), backup: backup.value }) : applied;
}

function applyWithin(parts: SettingsTransferParts, { signer, plan }: Read, text: string): Result<null, Failure> {
  const { settings, audit } = parts.installation;
  if (signer.trust === 'unknown') {
    const pinned = pinSigner(parts, signer);
    if (!pinned.ok) return pinned;
  }
  const before = schemesOf(parts, plan);
  if (!before.ok) return before;
  const written = writePlan(parts, plan);
  if (!written.ok) return written;
  for (const { id, records } of plan.notes.filter(({ note }) => note === 'scheme-changes')) {
    const after = [settings.read('scene'), settings.read('other-scenes')]
      .flatMap((read) => (read.ok ? read.value : []))
      .find((scene) => scene.id === id);
    const detail = { sceneId: id, from: before.value.get(id) ?? null, to: after?.scheme ?? null, records };
    const noted = audit.append('scene.scheme-changed', detail);
    if (!noted.ok) return noted;
  }
  return audit.append('settings-file.imported', {
    fingerprint: signer.fingerprint,
    deviceId: signer.deviceId,
    settings: plan.writes.map(({ name }) => name).join(','),
    fileHash: sha256Hex(text),
  });
}

function schemesOf(
  { installation }: SettingsTransferParts,
  plan: SettingsPlan,
): Result<ReadonlyMap<string, string>, Failure> {
  if (!plan.notes.some(({ note }) => note === 'scheme-changes')) return ok(new Map());
  const walkUp = installation.settings.read('scene');
  if (!walkUp.ok) return walkUp;
  const others = installation.settings.read('other-scenes');
  return others.ok ? ok(new Map([walkUp.value, ...others.value].map(({ id, scheme }) => [id, scheme]))) : others;
}

/** From now on files of this device are taken over here. */
export function pinSigner(
  {
    installation,
    clock,
  }: Pick<SettingsTransferParts, 'clock'> & {
    readonly installation: Pick<Installation, 'settings' | 'audit'>;
  },
  { fingerprint, deviceId }: Pick<SettingsFileSigner, 'fingerprint' | 'deviceId'>,
): Result<null, Failure> {
  const signers = installation.settings.read('signers');
  if (!signers.ok) return signers;
  if (signers.value.some((signer) => signer.fingerprint === fingerprint)) return ok(null);
  const pinnedAtMs = Math.max(0, clock.wallMs());
  const written = installation.settings.write('signers', [...signers.value, { fingerprint, deviceId, pinnedAtMs }]);
  return written.ok ? installation.audit.append('settings-file.signer-pinned', { fingerprint, deviceId }) : written;
}
