import type { FaceMeasures, QualityReading } from '../../shared/ipc/admin-devices.ts';
import type { QualityLimits } from '../../shared/domain/face-quality.ts';
import type { PreparedInference } from './face-inference.ts';
import type { FaceMeasurements } from '../inference/quality.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';

/** Says of a live picture what a visitor would be told, and what was measured. Nothing of it is kept. */
export interface QualityPreview {
  look(frame: { readonly jpeg: Uint8Array; readonly capturedAtMs: number }): Promise<Result<QualityReading, Failure>>;
  close(): Promise<void>;
}

const CAPTURE_ID = 'device-page';

/**
 * Opens one capture with the first picture, by the limits as they are then, and another after a failure. It records
 * nothing.
 */
export function createQualityPreview(
  inference: Pick<PreparedInference, 'openCapture' | 'closeCapture' | 'guide'>,
  limits: () => QualityLimits,
): QualityPreview {
  let opened = false;
  return {
    look: async (frame) => {
      if (!opened) {
        const open = await inference.openCapture(CAPTURE_ID, limits(), false);
        if (!open.ok) return open;
        opened = true;
      }
      const guided = await inference.guide(CAPTURE_ID, frame);
      if (!guided.ok) {
        // A process that was started anew knows nothing of the capture.
        opened = false;
        return guided;
      }
      const { faces, box, hint, quality, measures } = guided.value;
      return ok({ faces, box, hint, score: quality, measures: measures ? measuresOf(measures) : null });
    },
    close: async () => {
      if (!opened) return;
      opened = false;
      await inference.closeCapture(CAPTURE_ID);
    },
  };
}

function measuresOf({ placement, appearance, pose }: FaceMeasurements): FaceMeasures {
  return {
    heightShare: placement.heightShare,
    offCentre: placement.offCentre,
    pixelsBetweenEyes: placement.interOcularPixels,
    brightness: appearance.meanLuma,
    sideRatio: appearance.sideRatio,
    sharpness: appearance.sharpness,
    yawDegrees: pose?.yaw ?? null,
    pitchDegrees: pose?.pitch ?? null,
    rollDegrees: placement.rollDegrees,
  };
}
