import type { CameraReport } from '../../../shared/ipc/kiosk-capture.ts';
import type { Failure, FailureCode } from '../../../shared/reasons.ts';

type CameraCode = Extract<CameraReport, { type: 'failed' }>['code'];

const CAMERA_CODES: ReadonlySet<string> = new Set<CameraCode>([
  'camera.missing',
  'camera.denied',
  'camera.in-use',
  'camera.lost',
  'camera.frozen',
  'camera.too-slow',
  'camera.virtual',
]);

export function isCameraCode(code: FailureCode): code is CameraCode {
  return CAMERA_CODES.has(code);
}

/** How a camera that can't be used is reported; a failure of another kind counts as a lost camera. */
export function failedReport({ code }: Failure): CameraReport {
  return { type: 'failed', code: isCameraCode(code) ? code : 'camera.lost' };
}
