/** Image Capture's members, which TypeScript's DOM library doesn't list. */
interface ImageCapabilities {
  readonly exposureMode?: readonly string[];
  readonly whiteBalanceMode?: readonly string[];
  readonly focusMode?: readonly string[];
}

/**
 * Asks the camera to keep the exposure, white balance and focus that it has now. Resolves to whether it took every
 * setting it offers; a camera that offers none is fine, because the judge cancels slow changes.
 */
export async function lockExposure(stream: MediaStream): Promise<boolean> {
  const track = stream.getVideoTracks()[0];
  if (!track) return false;
  const offered = track.getCapabilities() as MediaTrackCapabilities & ImageCapabilities;
  const wanted: Record<string, string> = {};
  for (const name of ['exposureMode', 'whiteBalanceMode', 'focusMode'] as const) {
    if (offered[name]?.includes('manual')) wanted[name] = 'manual';
  }
  if (Object.keys(wanted).length === 0) return false;
  try {
    await track.applyConstraints({ advanced: [wanted] });
    return true;
  } catch {
    return false;
  }
}
