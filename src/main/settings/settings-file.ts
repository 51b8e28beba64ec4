import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { signatureSchema, type Signature } from '../../shared/domain/receipt.ts';
import { DEVICE_SETTINGS, PORTABLE_SETTINGS, type FileSettingName } from '../../shared/domain/settings-file.ts';
import { deviceIdSchema, publicKeyJwkSchema, type PublicKeyJwk } from '../../shared/protocol/kv1.ts';
import { SETTING_SCHEMAS } from './settings.ts';

export const SETTINGS_FILE_FORMAT = 1;
export const SETTINGS_FILE_PRODUCT = 'countersign';
export const SETTINGS_FILE_KIND = 'settings';

/** Marks that make what follows in a sentence read otherwise; whoever signed a file may be unknown here. */
const TURNS_TEXT = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

type SettingShape = { readonly [Name in FileSettingName]: z.ZodOptional<(typeof SETTING_SCHEMAS)[Name]> };

const shape = Object.fromEntries(
  [...PORTABLE_SETTINGS, ...DEVICE_SETTINGS].map((name) => [name, SETTING_SCHEMAS[name].optional()]),
) as SettingShape;

/** What a file says; the same schemas as those of the forms. Absent settings stay what they are. */
export const settingsFileBodySchema = z.strictObject({
  product: z.literal(SETTINGS_FILE_PRODUCT),
  kind: z.literal(SETTINGS_FILE_KIND),
  format: z.literal(SETTINGS_FILE_FORMAT),
  appVersion: z.string().min(1).max(40),
  exportedAtMs: z.int().nonnegative(),
  /** How whoever exported it is called at that terminal; null: from the command line, or by the terminal itself. */
  exportedBy: z
    .string()
    .max(60)
    .refine((name) => !TURNS_TEXT.test(name), 'nothing that turns text around')
    .nullable(),
  deviceId: deviceIdSchema,
  publicKey: publicKeyJwkSchema,
  settings: z
    .strictObject(shape)
    .refine((all) => (all.scene === undefined) === (all['other-scenes'] === undefined), 'scene and other-scenes'),
});
export type SettingsFileBody = z.infer<typeof settingsFileBodySchema>;

export const settingsFileSchema = settingsFileBodySchema.extend({ signature: signatureSchema });
export type SettingsFile = z.infer<typeof settingsFileSchema>;

/** What the signature covers: canonical JSON (RFC 8785) of everything but the signature, and what it is for. */
export function settingsFileText(body: object): string {
  return `countersign-settings|${canonicalJson(body)}`;
}

/** Signs a file, one member to a line so that versions can be compared by any tool. */
export function writeSettingsFile(body: SettingsFileBody, sign: (text: string) => Signature): string {
  return `${JSON.stringify({ ...body, signature: sign(settingsFileText(body)) }, null, 2)}\n`;
}

/** Whether the signature fits everything else that stands in the file, as it stands there. */
export function isSignedBy(file: Readonly<Record<string, unknown>>, key: PublicKeyJwk, signature: Signature): boolean {
  const body = { ...file };
  delete body['signature'];
  try {
    const publicKey = createPublicKey({ key, format: 'jwk' });
    return verify(null, Buffer.from(settingsFileText(body)), publicKey, Buffer.from(signature.signature, 'base64url'));
  } catch {
    // 32 bytes that are no point of the curve, or a text that canonical JSON doesn't have: nobody signed that.
    return false;
  }
}
