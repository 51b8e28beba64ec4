import { FACE_REGIONS, type FaceRegion, type LightFrame, type PixelBox } from '../../shared/domain/liveness.ts';
import { LINEAR_OF_BYTE, type LinearRgb } from '../../shared/domain/linear-light.ts';

/** Mean light of one frame, linear; all that is kept of it. */
export interface FrameSignal {
  readonly capturedAtMs: number;
  readonly face: LinearRgb;
  readonly regions: Readonly<Record<FaceRegion, LinearRgb>>;
  /** Null when the crop leaves no strip beside the face. */
  readonly background: LinearRgb | null;
  /** Share of the face's samples at the sensor's limit, 0–1. */
  readonly saturated: number;
}

/** Parts of the face box, as shares of its width and height: skin only, clear of eyes, brows and mouth. */
const REGION_SHARES: Readonly<Record<FaceRegion, PixelBox>> = {
  forehead: { x: 0.28, y: 0.06, width: 0.44, height: 0.14 },
  'left-cheek': { x: 0.12, y: 0.48, width: 0.22, height: 0.2 },
  'right-cheek': { x: 0.66, y: 0.48, width: 0.22, height: 0.2 },
  nose: { x: 0.4, y: 0.42, width: 0.2, height: 0.2 },
  chin: { x: 0.38, y: 0.82, width: 0.24, height: 0.1 },
};

/** Hair and ears reach this share of the face's width beyond its box. */
const HAIR_SHARE = 0.12;
/** Further out a strip isn't looked at: a whole picture is measured like the crop of it that a kiosk sends. */
const STRIP_SHARE = 0.4;
/** A strip narrower than this is no background. */
const MIN_STRIP_PX = 4;
/** The strips end here in the face box's height, above the shoulders. */
const STRIP_BOTTOM_SHARE = 0.75;
const SATURATED_BYTE = 250;

interface LightSum {
  readonly total: [number, number, number];
  pixels: number;
  saturatedSamples: number;
}

function emptySum(): LightSum {
  return { total: [0, 0, 0], pixels: 0, saturatedSamples: 0 };
}

function addBox(frame: LightFrame, box: PixelBox, sum: LightSum): void {
  const left = Math.max(0, Math.round(box.x));
  const right = Math.min(frame.width, Math.round(box.x + box.width));
  const top = Math.max(0, Math.round(box.y));
  const bottom = Math.min(frame.height, Math.round(box.y + box.height));
  for (let y = top; y < bottom; y++) {
    for (let at = (y * frame.width + left) * 3, end = (y * frame.width + right) * 3; at < end; at += 3) {
      for (let channel = 0; channel < 3; channel++) {
        const byte = frame.rgb[at + channel]!;
        sum.total[channel]! += LINEAR_OF_BYTE[byte]!;
        if (byte >= SATURATED_BYTE) sum.saturatedSamples++;
      }
      sum.pixels++;
    }
  }
}

function meanOf({ total, pixels }: LightSum): LinearRgb {
  return [total[0] / pixels, total[1] / pixels, total[2] / pixels];
}

function backgroundOf(frame: LightFrame): LinearRgb | null {
  const { face } = frame;
  const sum = emptySum();
  const addStrip = (from: number, to: number): void => {
    const left = Math.max(0, from);
    const width = Math.min(frame.width, to) - left;
    if (width < MIN_STRIP_PX) return;
    addBox(frame, { x: left, y: face.y, width, height: STRIP_BOTTOM_SHARE * face.height }, sum);
  };
  addStrip(face.x - STRIP_SHARE * face.width, face.x - HAIR_SHARE * face.width);
  addStrip(face.x + (1 + HAIR_SHARE) * face.width, face.x + (1 + STRIP_SHARE) * face.width);
  return sum.pixels === 0 ? null : meanOf(sum);
}

/** Whether a frame's numbers agree with each other. */
export function isUsableFrame({ rgb, width, height, face, capturedAtMs }: LightFrame): boolean {
  const numbers = [face.x, face.y, face.width, face.height, capturedAtMs];
  return (
    Number.isInteger(width) &&
    Number.isInteger(height) &&
    rgb.length === width * height * 3 &&
    numbers.every((value) => Number.isFinite(value)) &&
    face.width > 0 &&
    face.height > 0
  );
}

/**
 * Reduces a frame to its mean light, in linear light so that a gain of the camera stays a factor. Null when the
 * frame contradicts itself or a region of the face lies outside of the picture.
 */
export function measureFrame(frame: LightFrame): FrameSignal | null {
  if (!isUsableFrame(frame)) return null;
  const { face } = frame;
  const whole = emptySum();
  const regions: Partial<Record<FaceRegion, LinearRgb>> = {};
  for (const name of FACE_REGIONS) {
    const share = REGION_SHARES[name];
    const sum = emptySum();
    const box = {
      x: face.x + share.x * face.width,
      y: face.y + share.y * face.height,
      width: share.width * face.width,
      height: share.height * face.height,
    };
    addBox(frame, box, sum);
    if (sum.pixels === 0) return null;
    regions[name] = meanOf(sum);
    whole.pixels += sum.pixels;
    whole.saturatedSamples += sum.saturatedSamples;
    for (let channel = 0; channel < 3; channel++) whole.total[channel]! += sum.total[channel]!;
  }
  return {
    capturedAtMs: frame.capturedAtMs,
    face: meanOf(whole),
    regions: regions as Record<FaceRegion, LinearRgb>,
    background: backgroundOf(frame),
    saturated: whole.saturatedSamples / (3 * whole.pixels),
  };
}
