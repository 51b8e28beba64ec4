import type { DocumentPage } from '../../shared/domain/document-reading.ts';
import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { openDevice, sessionOf, type CameraSession } from './camera-session.ts';
import { startSimulatedDesk } from './simulated-desk.ts';
import { SIMULATED_LABEL } from './simulated-person.ts';

/** An open camera that looks at documents. */
export interface DocumentCamera {
  readonly session: CameraSession;
  /** Lays a page before a simulated camera; before others people lay it themselves. */
  lay(page: DocumentPage | null): void;
}

/** As many pixels as there are, no matter how slowly they come: a document lies still. */
const FINEST: MediaTrackConstraints = {
  width: { ideal: 2592 },
  height: { ideal: 1944 },
  frameRate: { ideal: 15 },
};

/**
 * Opens a camera for documents and waits until its frames flow. Fails as `openCamera` does.
 *
 * @param card whose papers lie before a simulated camera.
 */
export async function openDocumentCamera(
  source: CameraSource,
  card: 'a' | 'b' | null,
): Promise<Result<DocumentCamera, Failure>> {
  if (source.kind === 'device') {
    const device = await openDevice(source.deviceId, [FINEST]);
    const opened = device.ok ? await sessionOf(device.value) : device;
    return opened.ok ? ok({ session: opened.value, lay: () => undefined }) : opened;
  }
  const desk = await startSimulatedDesk(source, card);
  if (!desk.ok) return desk;
  const opened = await sessionOf({ ...desk.value, label: SIMULATED_LABEL, actor: null });
  return opened.ok ? ok({ session: opened.value, lay: (page) => desk.value.lay(page) }) : opened;
}
