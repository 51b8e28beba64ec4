import { z } from 'zod';

/**
 * How a camera is attached. `usb` and `platform` (PCI, MIPI) are hardware; `virtual` is software that plays a camera;
 * `unknown` is what the system doesn't tell.
 */
export const CAMERA_BUSES = ['usb', 'platform', 'virtual', 'unknown'] as const;
export type CameraBus = (typeof CAMERA_BUSES)[number];

/** A video device as the operating system lists it, apart from what Chromium says about it. */
export interface VideoDevice {
  readonly name: string;
  readonly bus: CameraBus;
  /** Four lower-case hexadecimal digits each. */
  readonly usb: { readonly vendorId: string; readonly productId: string; readonly serial: string | null } | null;
  /** Where it is plugged in: stable as long as nobody replugs it, and across restarts. */
  readonly path: string | null;
}

/** `usb:VVVV:PPPP:SERIAL`, `usb:VVVV:PPPP:@PATH`, `platform:NAME@PATH`. */
export const cameraIdentitySchema = z
  .string()
  .max(300)
  .regex(/^(usb:[0-9a-f]{4}:[0-9a-f]{4}:.+|(platform|unknown):.+@.*)$/);
export type CameraIdentity = z.infer<typeof cameraIdentitySchema>;

/**
 * What stays the same when the camera is plugged in again (with a serial number) or when the machine restarts
 * (without one). Null for a virtual device, which has nothing of that kind.
 */
export function identityOf({ name, bus, usb, path }: VideoDevice): CameraIdentity | null {
  if (usb) return `usb:${usb.vendorId}:${usb.productId}:${usb.serial ?? `@${path ?? 'unknown'}`}`.slice(0, 300);
  return bus === 'virtual' ? null : `${bus}:${name}@${path ?? ''}`.slice(0, 300);
}

/** What happens when the camera in use isn't the pinned one. */
export const CAMERA_POLICIES = ['require-pinned', 'warn'] as const;
export type CameraPolicy = (typeof CAMERA_POLICIES)[number];

/** The camera that an administrator has decided on. */
export const cameraPinSchema = z.strictObject({
  identity: cameraIdentitySchema,
  label: z.string().max(200),
  pinnedAtMs: z.int().nonnegative(),
});
export type CameraPin = z.infer<typeof cameraPinSchema>;

/** Settings of the camera's identity; without a pin only virtual cameras are refused. */
export const cameraTrustSchema = z.strictObject({
  policy: z.enum(CAMERA_POLICIES),
  pin: cameraPinSchema.nullable(),
});
export type CameraTrust = z.infer<typeof cameraTrustSchema>;

/**
 * What speaks for a picture that no camera took, or not the expected one. The first four refuse an attempt;
 * `capture-device` does unless that very device is pinned; the others are kept for staff, because real cameras show them
 * too.
 */
export const CAMERA_SIGNS = [
  'no-hardware',
  'same-label-twice',
  'virtual-name',
  'repeated-frames',
  'capture-device',
  'impossible-format',
  'no-controls',
  'even-timing',
  'other-device',
  'not-confirmed',
] as const;
export type CameraSign = (typeof CAMERA_SIGNS)[number];

const range = z.strictObject({ min: z.number(), max: z.number(), step: z.number().nullable() });

/** What a track says of its camera, without interpretation; null or empty where it says nothing. */
export const cameraFingerprintSchema = z.strictObject({
  width: range.nullable(),
  height: range.nullable(),
  framesPerSecond: range.nullable(),
  exposureTime: range.nullable(),
  colourTemperature: range.nullable(),
  /** Image controls that can be set: exposure, white balance, brightness, contrast and the like. */
  controls: z.array(z.string().max(40)).max(40).readonly(),
  settings: z.strictObject({
    width: z.number().nullable(),
    height: z.number().nullable(),
    framesPerSecond: z.number().nullable(),
  }),
});
export type CameraFingerprint = z.infer<typeof cameraFingerprintSchema>;

/** What the renderer reports of the camera that it has opened. It reports; the main process decides. */
export const openedCameraSchema = z.strictObject({
  label: z.string().max(200),
  /** Labels of every video input that the page sees, the opened one's among them. */
  labels: z.array(z.string().max(200)).max(64).readonly(),
  fingerprint: cameraFingerprintSchema.nullable(),
});
export type OpenedCamera = z.infer<typeof openedCameraSchema>;

/** Chromium's `Name (vvvv:pppp)`, taken apart; no ids where the camera isn't on USB. */
export function parseCameraLabel(label: string): {
  readonly name: string;
  readonly vendorId: string | null;
  readonly productId: string | null;
} {
  const found = /^(.*?)\s*\(([0-9a-f]{4}):([0-9a-f]{4})\)$/i.exec(label.trim());
  if (!found) return { name: label.trim(), vendorId: null, productId: null };
  return { name: found[1]!, vendorId: found[2]!.toLowerCase(), productId: found[3]!.toLowerCase() };
}
