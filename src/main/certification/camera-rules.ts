import type { CameraSource } from '../../shared/ipc/camera-source.ts';

/** Names by which virtual cameras give themselves away. A hint only: pinning the device is what counts. */
const VIRTUAL_LABELS =
  /virtual|obs[ -]|v4l2 ?loopback|manycam|snap camera|xsplit|droidcam|iriun|epoccam|ndi|e2esoft|splitcam|dummy|screen ?capture/i;

/** Whether a camera may be used: a simulated source only where the application allows it, a virtual device never. */
export function acceptsCamera(source: CameraSource, label: string): boolean {
  return source.kind === 'simulated' || !VIRTUAL_LABELS.test(label);
}
