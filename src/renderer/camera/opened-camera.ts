import type { OpenedCamera } from '../../shared/domain/camera-identity.ts';
import { fingerprintOf } from './camera-fingerprint.ts';

const LONGEST_LABEL = 200;
const MOST_LABELS = 64;

/** What main wants to know of an opened camera. */
export async function describeCamera(stream: MediaStream, devices: MediaDevices): Promise<OpenedCamera> {
  const track = stream.getVideoTracks()[0];
  const inputs = await devices.enumerateDevices().catch(() => []);
  return {
    label: (track?.label ?? '').slice(0, LONGEST_LABEL),
    labels: inputs
      .filter(({ kind }) => kind === 'videoinput')
      .slice(0, MOST_LABELS)
      .map(({ label }) => label.slice(0, LONGEST_LABEL)),
    fingerprint: track ? fingerprintOf(track) : null,
  };
}
