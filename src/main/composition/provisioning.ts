import { existsSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { readerTransportSchema } from '../../shared/domain/reader-transport.ts';
import { sceneSchema } from '../../shared/domain/scene.ts';
import { MAX_SETTINGS_FILE_BYTES } from '../../shared/domain/settings-file.ts';
import { siteSchema } from '../../shared/domain/site.ts';
import { schemeSchema } from '../../shared/domain/scheme.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { describeFieldIssue } from '../settings/field-issue.ts';
import { fingerprintSchema } from '../settings/settings-signers.ts';
import { inOneTransaction } from '../store/one-transaction.ts';
import type { Installation } from './installation.ts';
import { createSettingsBackups } from './settings-backups.ts';
import { createSettingsTransfer } from './settings-transfer.ts';

export const PROVISIONING_FILE = 'provisioning.json';

/**
 * Settings that an installer leaves in the data folder for the first start. The file is taken over once and then
 * removed; an enrolment code in it is good for one use anyway.
 */
export const provisioningSchema = z
  .strictObject({
    /** That of whoever walks up. */
    scene: sceneSchema.optional(),
    /** All scenes, that of whoever walks up first; instead of `scene`. */
    scenes: z
      .array(sceneSchema)
      .min(1)
      .max(50)
      .refine((scenes) => new Set(scenes.map(({ id }) => id)).size === scenes.length, 'each id once')
      .optional(),
    /** Composed schemes that the scenes name. */
    schemes: z.array(schemeSchema).max(50).optional(),
    site: siteSchema.optional(),
    reader: readerTransportSchema.optional(),
    /** A signed settings file as it is, and the fingerprint of the device that has to have signed it. */
    settings: z
      .strictObject({
        file: z.looseObject({}),
        signer: fingerprintSchema,
        devices: z.boolean().default(false),
      })
      .optional(),
    verifier: z.strictObject({ address: z.url().max(300), code: z.string().min(4).max(20) }).optional(),
  })
  .refine(({ scene, scenes }) => scene === undefined || scenes === undefined, 'either scene or scenes');
export type Provisioning = z.infer<typeof provisioningSchema>;

export interface ProvisioningParts {
  readonly clock: Clock;
  readonly appVersion: string;
}

type Target = Pick<Installation, 'settings' | 'database' | 'audit' | 'identity' | 'queries' | 'settingRevision'>;

/**
 * Takes over the provisioning file if there is one: its settings all or none of them, then the enrolment.
 *
 * @param enrol enrols at the verifier; a failure keeps the file, so that the next start tries again.
 * @returns whether there was a file; `request.invalid` naming the field that doesn't fit.
 */
export async function takeProvisioning(
  dataFolder: string,
  installation: Target,
  enrol: (address: string, code: string) => Promise<Result<null, Failure>>,
  parts: ProvisioningParts = { clock: { wallMs: Date.now, monotonicMs: () => 0 }, appVersion: '' },
): Promise<Result<boolean, Failure>> {
  const file = join(dataFolder, PROVISIONING_FILE);
  if (!existsSync(file)) return ok(false);
  const read = readProvisioning(file);
  if (!read.ok) return read;
  const taken = inOneTransaction(installation.database, () => takeSettings(installation, read.value));
  if (!taken.ok) return taken;
  const imported = takeFile(dataFolder, installation, read.value, parts);
  if (!imported.ok) return imported;
  const { verifier } = read.value;
  if (verifier) {
    const enrolled = await enrol(verifier.address, verifier.code);
    if (!enrolled.ok) return enrolled;
  }
  unlinkSync(file);
  return ok(true);
}

function readProvisioning(file: string): Result<Provisioning, Failure> {
  if (statSync(file).size > MAX_SETTINGS_FILE_BYTES) return err(failure('settings-file.too-large', PROVISIONING_FILE));
  const whole = parseJson(readFileSync(file, 'utf8'));
  const parsed = provisioningSchema.safeParse(whole);
  if (parsed.success) return ok(parsed.data);
  return err(failure('request.invalid', `${PROVISIONING_FILE}: ${describeFieldIssue(parsed.error.issues[0], whole)}`));
}

function takeSettings({ settings }: Target, provisioning: Provisioning): Result<null, Failure> {
  const { scene, scenes, schemes, site, reader } = provisioning;
  const [walkUp, ...others] = scenes ?? (scene === undefined ? [] : [scene]);
  const writes = [
    schemes && (() => settings.write('schemes', schemes)),
    scenes && (() => settings.write('other-scenes', others)),
    walkUp && (() => settings.write('scene', walkUp)),
    site && (() => settings.write('site', site)),
    reader && (() => settings.write('reader', reader)),
  ];
  for (const write of writes) {
    const written = write?.();
    if (written && !written.ok) return written;
  }
  return ok(null);
}

/** The installer has put the fingerprint beside the file: it is pinned as if somebody had compared it. */
function takeFile(
  dataFolder: string,
  installation: Target,
  { settings }: Provisioning,
  { clock, appVersion }: ProvisioningParts,
): Result<null, Failure> {
  if (settings === undefined) return ok(null);
  const backups = createSettingsBackups(dataFolder, clock);
  const transfer = createSettingsTransfer({ installation, backups, clock, appVersion, demo: false });
  const applied = transfer.apply(JSON.stringify(settings.file), {
    devices: settings.devices,
    pin: settings.signer,
    confirmed: false,
    revision: null,
    reason: 'before-import',
  });
  if (!applied.ok && applied.error.code !== 'settings-file.nothing-to-change') return applied;
  return ok(null);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
