import { z } from 'zod';
import type { VideoDevice } from '../../shared/domain/camera-identity.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Lists the cameras as JSON. */
export const MAC_LIST_COMMAND: readonly string[] = ['/usr/sbin/system_profiler', 'SPCameraDataType', '-json'];

const reportSchema = z.object({
  SPCameraDataType: z
    .array(
      z.object({
        _name: z.string().max(200),
        'spcamera_model-id': z.string().max(200).optional(),
        'spcamera_unique-id': z.string().max(200).optional(),
      }),
    )
    .max(100),
});

/** A USB camera's unique id is its place, vendor and product: `0x` and sixteen digits. */
const USB_UNIQUE_ID = /^0x([0-9a-f]{1,8})([0-9a-f]{4})([0-9a-f]{4})$/i;
const BUILT_IN = /^(FaceTime|iSight|MacBook|iMac|Studio Display|Built-in)/i;

/**
 * Reads what `MAC_LIST_COMMAND` wrote. Cameras that Apple builds in and cameras that are software both come with a
 * random id: the former are known by their names, of the latter the system doesn't tell, so they stay `unknown`.
 */
export function parseMacDevices(text: string): Result<readonly VideoDevice[], Failure> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err(failure('camera.missing', "the video devices can't be listed: no JSON"));
  }
  const parsed = reportSchema.safeParse(json);
  if (!parsed.success) return err(failure('camera.missing', "the video devices can't be listed: unexpected shape"));
  return ok(
    parsed.data.SPCameraDataType.map((camera): VideoDevice => {
      const uniqueId = camera['spcamera_unique-id'] ?? '';
      const usb = USB_UNIQUE_ID.exec(uniqueId);
      const name = camera._name;
      if (usb) {
        const ids = { vendorId: usb[2]!.toLowerCase(), productId: usb[3]!.toLowerCase(), serial: null };
        return { name, bus: 'usb', usb: ids, path: usb[1]!.toLowerCase() };
      }
      return { name, bus: BUILT_IN.test(name) ? 'platform' : 'unknown', usb: null, path: uniqueId || null };
    }),
  );
}
