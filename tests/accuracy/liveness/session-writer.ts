import sharp, { type Sharp } from 'sharp';
import {
  recordingFiles,
  type EncodedFrame,
  type EvidencePicture,
  type SessionFile,
} from '../../../src/main/liveness/recorded-session.ts';
import type { LightFrame } from '../../../src/shared/domain/liveness.ts';
import { simulateClip, type ClipRequest, type SimulatedClip } from './corpus.ts';

/** Longer side of the pictures that the models score, before a border is put around them. */
const PICTURE_SIDE = 400;
/** Pixels above and below, left and right: together 640 × 480 or a little less. */
const BORDER = { top: 60, bottom: 60, left: 110, right: 110 } as const;
const PICTURE_EVERY_MS = 250;
/** The face is under grey again this long after the screen's return to it. */
const AFTERGLOW_MS = 250;

function raw({ rgb, width, height }: LightFrame): Sharp {
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

/** The same clip in finer pictures, four a second. */
async function picturesOf(request: ClipRequest): Promise<readonly EvidencePicture[]> {
  const { frames, display } = simulateClip({ ...request, cropSide: PICTURE_SIDE, mesh: 'none' });
  const [firstMs, lastMs] = [display[0]!.shownAtMs, display.at(-1)!.shownAtMs + AFTERGLOW_MS];
  const pictures: EvidencePicture[] = [];
  for (const frame of frames) {
    const { capturedAtMs } = frame;
    if (capturedAtMs - (pictures.at(-1)?.capturedAtMs ?? -Infinity) < PICTURE_EVERY_MS) continue;
    const image = await raw(frame)
      .extend({ ...BORDER, extendWith: 'copy' })
      .jpeg({ quality: 90 })
      .toBuffer();
    pictures.push({
      image,
      capturedAtMs,
      phase: capturedAtMs < firstMs || capturedAtMs > lastMs ? 'neutral' : 'light',
    });
  }
  return pictures;
}

/** A simulated clip as the files of a recorded session. */
export async function sessionFiles(request: ClipRequest): Promise<readonly SessionFile[]> {
  const { challenge, display, calibration, frames }: SimulatedClip = simulateClip({ ...request, mesh: 'none' });
  const encoded: EncodedFrame[] = [];
  for (const frame of frames) {
    const image = await raw(frame).png().toBuffer();
    encoded.push({ image, extension: 'png', capturedAtMs: frame.capturedAtMs, face: frame.face });
  }
  const { width, height } = frames[0]!;
  return recordingFiles(
    { challenge, display, calibration, frames: encoded, evidence: await picturesOf(request), sound: [] },
    { width, height, label: 'simulated camera' },
  );
}
