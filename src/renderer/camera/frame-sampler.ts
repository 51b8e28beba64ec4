import type { FaceBox } from '../../shared/ipc/kiosk-guidance.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { zoomRegion, type Region } from './digital-zoom.ts';

export interface FrameTime {
  /** `performance.now()` clock: the camera's capture time where it tells one, else the time of presentation. */
  readonly capturedAtMs: number;
}

/** A face with a strip of background at both sides, small enough to send for every frame. */
export interface FaceCrop {
  /** sRGB, three bytes a pixel, row by row. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** The face inside the crop, in its pixels. */
  readonly face: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface JpegRequest {
  readonly width: number;
  readonly height: number;
  /** 0–1. */
  readonly quality: number;
  readonly maxBytes?: number;
}

export const GUIDE_JPEG: JpegRequest = { width: 320, height: 240, quality: 0.7 };
export const EVIDENCE_JPEG: JpegRequest = { width: 640, height: 480, quality: 0.9 };

/** The face and its surroundings as a JPEG, and where the face is in it, relative. */
export interface FacePicture {
  readonly jpeg: Uint8Array;
  readonly face: FaceBox;
}

export interface FrameSampler {
  /** Calls back for every new frame until the returned function is called. */
  onFrame(callback: (time: FrameTime) => void): () => void;
  /**
   * The picture of now as a JPEG, its aspect kept within the given size, not larger than `maxBytes`. With `face`, a
   * face too far away for that size is cut out of a larger picture, with its surroundings; see `zoomRegion`.
   */
  grabJpeg(request: JpegRequest, face?: FaceBox | null): Promise<Result<Uint8Array, Failure>>;
  /** A part of the picture, in its pixels, as a JPEG of at most the given size. */
  grabPart(part: Region, request: JpegRequest): Promise<Result<Uint8Array, Failure>>;
  /** Room around the face for it to turn in; `box` is relative to the frame. */
  grabFace(box: FaceBox): Promise<Result<FacePicture, Failure>>;
  /** The face and its surroundings; `box` is relative to the frame. Null when the box lies outside of the picture. */
  grabCrop(box: FaceBox, maxSide?: number): FaceCrop | null;
}

/** Every message stays below this. */
const MAX_MESSAGE_BYTES = 100_000;
export const MAX_CROP_SIDE = 160;
/** The crop is wider than the face, so that 0.4 of its width shows at each side; and a little taller. */
const CROP_WIDTH = 1.8;
const CROP_HEIGHT = 1.1;
/** A head that turns or nods stays inside; eyes and lips keep pixels enough for the mesh. */
const FACE_ROOM = 1.8;
const FACE_PICTURE_SIDE = 320;
const FACE_PICTURE_QUALITY = 0.85;
const QUALITY_STEP = 0.15;
const LEAST_QUALITY = 0.3;

function facePixels(box: FaceBox, video: HTMLVideoElement): Region {
  const { videoWidth, videoHeight } = video;
  return {
    x: box.x * videoWidth,
    y: box.y * videoHeight,
    width: box.width * videoWidth,
    height: box.height * videoHeight,
  };
}

/** The part of the picture around a face, cut where the picture ends; null when nothing is left. */
function cropAround(face: Region, video: HTMLVideoElement): Region | null {
  const left = Math.max(0, Math.round(face.x - (face.width * (CROP_WIDTH - 1)) / 2));
  const top = Math.max(0, Math.round(face.y - (face.height * (CROP_HEIGHT - 1)) / 2));
  const right = Math.min(video.videoWidth, Math.round(face.x + (face.width * (CROP_WIDTH + 1)) / 2));
  const bottom = Math.min(video.videoHeight, Math.round(face.y + (face.height * (CROP_HEIGHT + 1)) / 2));
  return right - left < 8 || bottom - top < 8 ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}

function createCropper(video: HTMLVideoElement): FrameSampler['grabCrop'] {
  const canvas = new OffscreenCanvas(MAX_CROP_SIDE, MAX_CROP_SIDE);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  return (box, maxSide = MAX_CROP_SIDE) => {
    const face = facePixels(box, video);
    const crop = cropAround(face, video);
    if (!crop || !context) return null;
    const scale = Math.min(1, Math.min(maxSide, MAX_CROP_SIDE) / Math.max(crop.width, crop.height));
    const width = Math.max(8, Math.round(crop.width * scale));
    const height = Math.max(8, Math.round(crop.height * scale));
    context.drawImage(video, crop.x, crop.y, crop.width, crop.height, 0, 0, width, height);
    return {
      rgb: withoutAlpha(context.getImageData(0, 0, width, height).data),
      width,
      height,
      face: {
        x: ((face.x - crop.x) * width) / crop.width,
        y: ((face.y - crop.y) * height) / crop.height,
        width: (face.width * width) / crop.width,
        height: (face.height * height) / crop.height,
      },
    };
  };
}

async function encodeWithin(canvas: OffscreenCanvas, quality: number, maxBytes: number): Promise<Blob | null> {
  for (let q = quality; q >= LEAST_QUALITY; q -= QUALITY_STEP) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: q });
    if (blob.size <= maxBytes) return blob;
  }
  return null;
}

async function grabJpeg(
  video: HTMLVideoElement,
  request: JpegRequest,
  face: FaceBox | null,
): Promise<Result<Uint8Array, Failure>> {
  return encodePart(video, zoomRegion({ width: video.videoWidth, height: video.videoHeight }, face, request), request);
}

async function encodePart(
  video: HTMLVideoElement,
  { x, y, width, height }: Region,
  request: JpegRequest,
): Promise<Result<Uint8Array, Failure>> {
  const scale = Math.min(1, request.width / width, request.height / height);
  if (!(scale > 0 && Number.isFinite(scale))) return err(failure('camera.lost', 'the picture has no size'));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return err(failure('camera.lost', 'no canvas'));
  context.drawImage(video, x, y, width, height, 0, 0, canvas.width, canvas.height);
  const blob = await encodeWithin(canvas, request.quality, request.maxBytes ?? MAX_MESSAGE_BYTES);
  if (!blob) return err(failure('camera.lost', 'the picture does not compress'));
  return ok(new Uint8Array(await blob.arrayBuffer()));
}

/** A square with room around the face, cut where the picture ends. */
function squareAround(face: Region, video: HTMLVideoElement): Region | null {
  const side = FACE_ROOM * Math.max(face.width, face.height);
  const left = Math.max(0, Math.round(face.x + face.width / 2 - side / 2));
  const top = Math.max(0, Math.round(face.y + face.height / 2 - side / 2));
  const right = Math.min(video.videoWidth, Math.round(face.x + face.width / 2 + side / 2));
  const bottom = Math.min(video.videoHeight, Math.round(face.y + face.height / 2 + side / 2));
  return right - left < 8 || bottom - top < 8 ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

function createFaceGrabber(video: HTMLVideoElement): FrameSampler['grabFace'] {
  return async (box) => {
    const face = facePixels(box, video);
    const part = squareAround(face, video);
    if (!part) return err(failure('capture.face-left', 'the face is outside of the picture'));
    const scale = Math.min(1, FACE_PICTURE_SIDE / Math.max(part.width, part.height));
    const canvas = new OffscreenCanvas(Math.round(part.width * scale), Math.round(part.height * scale));
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) return err(failure('camera.lost', 'no canvas'));
    context.drawImage(video, part.x, part.y, part.width, part.height, 0, 0, canvas.width, canvas.height);
    const blob = await encodeWithin(canvas, FACE_PICTURE_QUALITY, MAX_MESSAGE_BYTES);
    if (!blob) return err(failure('camera.lost', 'the picture does not compress'));
    return ok({
      jpeg: new Uint8Array(await blob.arrayBuffer()),
      face: {
        x: (face.x - part.x) / part.width,
        y: (face.y - part.y) / part.height,
        width: face.width / part.width,
        height: face.height / part.height,
      },
    });
  };
}

/** Takes pictures from a playing video in the forms that are sent on. */
export function createFrameSampler(video: HTMLVideoElement): FrameSampler {
  return {
    onFrame(callback) {
      let request = 0;
      const next: VideoFrameRequestCallback = (nowMs, metadata) => {
        request = video.requestVideoFrameCallback(next);
        callback({ capturedAtMs: metadata.captureTime ?? nowMs });
      };
      request = video.requestVideoFrameCallback(next);
      return () => video.cancelVideoFrameCallback(request);
    },
    grabJpeg: (request, face = null) => grabJpeg(video, request, face),
    grabPart: (part, request) => encodePart(video, part, request),
    grabFace: createFaceGrabber(video),
    grabCrop: createCropper(video),
  };
}
