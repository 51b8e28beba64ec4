import type { CameraFingerprint, CameraSign, VideoDevice } from '../../shared/domain/camera-identity.ts';

/** Names under which software that plays a camera appears. Easily changed, so only one sign among others. */
const VIRTUAL_NAME =
  /virtual|\bobs\b|v4l2 ?loopback|manycam|snap camera|xsplit|droidcam|iriun|epoccam|\bndi\b|e2esoft|splitcam|dummy|fake_device|screen ?capture|\bvivid\b/i;

/** By the label that the browser gives of the camera. */
export function hasVirtualName(label: string): boolean {
  return VIRTUAL_NAME.test(label);
}

/**
 * Converters that make a camera of any video signal (USB ID repository, linux-usb.org/usb.ids): MacroSilicon MS2109,
 * MS2130 under two vendors, and the capture devices' makers Elgato, AVerMedia and Magewell.
 */
const CAPTURE_IDS = /^(534d:(2109|2130)|345f:(2109|2130)|0fd9:|07ca:|2935:)/;
const CAPTURE_NAME = /capture|\bhdmi\b|cam ?link|grabber|frame ?grab/i;

/** A device that turns any video into a camera's picture. */
export function isCaptureDevice(device: VideoDevice): boolean {
  const ids = device.usb ? `${device.usb.vendorId}:${device.usb.productId}` : '';
  return CAPTURE_IDS.test(ids) || CAPTURE_NAME.test(device.name);
}

/** No sensor in a webcam has more, and no USB or MIPI webcam streams faster. */
const LARGEST_SIDE = 8_192;
const FASTEST_FPS = 260;

/** Sizes and rates that no webcam has. An odd side can't come from a sensor: its colours lie in pairs. */
function isImpossible({ width, height, framesPerSecond, settings }: CameraFingerprint): boolean {
  const sides = [settings.width, settings.height, width?.max ?? null, height?.max ?? null];
  const wrongSide = sides.some((side) => side !== null && (side > LARGEST_SIDE || side < 1 || side % 2 !== 0));
  const fastest = Math.max(settings.framesPerSecond ?? 0, framesPerSecond?.max ?? 0);
  return wrongSide || fastest > FASTEST_FPS;
}

/** What the track's own words give away. Soft: cheap cameras offer no control either. */
export function fingerprintSigns(fingerprint: CameraFingerprint | null): readonly CameraSign[] {
  if (fingerprint === null) return [];
  const signs: CameraSign[] = [];
  if (isImpossible(fingerprint)) signs.push('impossible-format');
  if (fingerprint.controls.length === 0) signs.push('no-controls');
  return signs;
}
