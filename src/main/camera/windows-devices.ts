import { z } from 'zod';
import type { CameraBus, VideoDevice } from '../../shared/domain/camera-identity.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/**
 * Lists the present devices of the setup classes Camera and Image with their parent and place, as JSON. Fixed text:
 * nothing from outside goes into it.
 */
export const WINDOWS_LIST_COMMAND: readonly string[] = [
  'powershell.exe',
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  [
    "$ErrorActionPreference='Stop'",
    '[Console]::OutputEncoding=[Text.Encoding]::UTF8',
    "$found=@(Get-PnpDevice -PresentOnly|Where-Object{$_.Class -in 'Camera','Image'}|ForEach-Object{[pscustomobject]@{" +
      'name=$_.FriendlyName;instanceId=$_.InstanceId;' +
      "parent=(Get-PnpDeviceProperty -InstanceId $_.InstanceId -KeyName 'DEVPKEY_Device_Parent').Data;" +
      "place=@((Get-PnpDeviceProperty -InstanceId $_.InstanceId -KeyName 'DEVPKEY_Device_LocationPaths').Data)[0]}})",
    'ConvertTo-Json -Compress -InputObject $found',
  ].join(';'),
];

const listSchema = z
  .array(
    z.object({
      name: z.string().max(200).nullable(),
      instanceId: z.string().max(400),
      parent: z.string().max(400).nullish(),
      place: z.string().max(400).nullish(),
    }),
  )
  .max(100);

const USB_ID = /^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})/i;
/** Software devices are enumerated by the root or the software bus; USB over a network by a controller of that kind. */
const SOFTWARE = /^(ROOT|SWD|SW)\\/i;
const SOFTWARE_PLACE = /usbip|vhci|ROOT\(/i;

function busOf(instanceId: string, place: string): CameraBus {
  if (SOFTWARE.test(instanceId) || (SOFTWARE_PLACE.test(place) && !/^PCIROOT/i.test(place))) return 'virtual';
  return USB_ID.test(instanceId) ? 'usb' : 'platform';
}

/** The last part of an instance id is the serial number unless Windows made it up, which shows by an ampersand. */
function serialOf(usbInstance: string): string | null {
  const last = usbInstance.split('\\').at(-1) ?? '';
  return last === '' || last.includes('&') ? null : last;
}

/** Reads what `WINDOWS_LIST_COMMAND` wrote. */
export function parseWindowsDevices(text: string): Result<readonly VideoDevice[], Failure> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return err(failure('camera.missing', "the video devices can't be listed: no JSON"));
  }
  const parsed = listSchema.safeParse(json);
  if (!parsed.success) return err(failure('camera.missing', "the video devices can't be listed: unexpected shape"));
  return ok(
    parsed.data.map(({ name, instanceId, parent, place }): VideoDevice => {
      const bus = busOf(instanceId, place ?? '');
      const ids = bus === 'usb' ? USB_ID.exec(instanceId) : null;
      // One interface of a composite device: the serial number is its parent's.
      const owner = instanceId.includes('&MI_') && parent && USB_ID.test(parent) ? parent : instanceId;
      return {
        name: name ?? instanceId,
        bus,
        usb: ids && {
          vendorId: ids[1]!.toLowerCase(),
          productId: ids[2]!.toLowerCase(),
          serial: serialOf(owner),
        },
        path: bus === 'virtual' ? null : (place?.replace(/#USBMI\(\d+\)$/i, '') ?? null),
      };
    }),
  );
}
