import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { CardPhotoHint } from '../../shared/ipc/card-photo.ts';
import { findCardEdges, type CardEdges, type GreyPicture } from './card-edges.ts';
import { facesThatCount, type FacePipeline, type LocatedFace } from './face-pipeline.ts';
import type { Frame } from './frame.ts';
import { fivePoints, interOcularPixels, rollRadians } from './landmarks.ts';
import { createSampler } from './resize.ts';
import { luma } from './tensor.ts';

/** One picture of a card that is held up. */
export type CardPortraitSight =
  | { readonly hint: CardPhotoHint }
  | {
      readonly hint: null;
      /** The face, in pixels of the picture. */
      readonly face: PixelBox;
      /** Higher is sharper; decides which of several pictures is used. */
      readonly sharpness: number;
      /** The part of the picture that is the portrait, with some of the card around it. */
      readonly part: PixelBox;
    };

/** Pixels between the eyes: no fewer than a chip's portrait has, whose 102 × 126 pixels hold about 28. */
const LEAST_INTER_OCULAR = 28;
/** A portrait of 26 × 32 mm holds a head of about 20 mm, of the card's 54; the detector's box is about as high. */
const FACE_HEIGHT = { least: 0.22, most: 0.62 } as const;
/** No card has its portrait in the middle; a person's own face behind the frame would be there. */
const LEAST_OFF_CENTRE = 0.1;
/** A hand may cover one side. */
const LEAST_EDGES = 3;
/** About five degrees; opposite sides that differ more are seen from the side. */
const MOST_SLOPE = 0.09;
/** Somebody may hold their head askew on the photo, but not lie on it. */
const MOST_ROLL_DEGREES = 20;
/** Pixels of a face that nearly have no colour left: a reflection. */
const GLARE_LUMA = 245;
const MOST_GLARE = 0.05;
/** Of a card on which no face is seen, this much is a reflection that may hide it. */
const HIDING_GLARE = 0.04;
/** Variance of the Laplacian of the aligned face; that of a live face, see `QUALITY_LIMITS`. */
const LEAST_SHARPNESS = 14;
/** Width of the grey picture in which the card's edges are looked for. */
const EDGE_PICTURE_WIDTH = 320;
/** Room around the face in the portrait that is cut out, as a share of the face's height. */
const MARGIN = 0.35;

/**
 * Looks for a card's portrait: a face of a card's proportions, off the middle, inside of at least three straight edges
 * near the frame. It tells a card from a face before the camera, not a real card from a forged one.
 *
 * @param frame where the card should lie, relative to the picture.
 */
export async function lookForCardPortrait(
  pipeline: FacePipeline,
  picture: Frame,
  frame: PixelBox,
): Promise<CardPortraitSight> {
  const faces = await pipeline.detect(picture);
  const main = faces[0];
  const card = inPixels(frame, picture);
  const edges = edgesOf(picture, frame);
  const isCard = Object.values(edges).filter((edge) => edge !== null).length >= LEAST_EDGES;
  if (!main) return { hint: isCard && glareShare(picture, card) > HIDING_GLARE ? 'glare' : 'no-card' };
  if (facesThatCount(faces) > 1) return { hint: 'several-faces' };
  if (!mayBeOnCard(main.box, card)) return { hint: 'no-card' };
  const face = await pipeline.locate(picture, main);
  const five = fivePoints(face.landmarks);
  if (interOcularPixels(five) < LEAST_INTER_OCULAR) return { hint: 'too-small' };
  if (!isCard) return { hint: 'no-card' };
  const rollDegrees = (Math.abs(rollRadians(five)) * 180) / Math.PI;
  if (isTilted(edges) || rollDegrees > MOST_ROLL_DEGREES) return { hint: 'tilted' };
  if (glareShare(picture, main.box) > MOST_GLARE) return { hint: 'glare' };
  const { sharpness } = pipeline.appearance(pipeline.align(picture, face));
  if (sharpness < LEAST_SHARPNESS) return { hint: 'blurred' };
  return { hint: null, face: main.box, sharpness, part: portraitPart(face, picture) };
}

function inPixels({ x, y, width, height }: PixelBox, picture: Frame): PixelBox {
  return {
    x: x * picture.width,
    y: y * picture.height,
    width: width * picture.width,
    height: height * picture.height,
  };
}

/** Whether a face has the size and the place of one on a card. */
export function mayBeOnCard(face: PixelBox, card: PixelBox): boolean {
  const share = face.height / card.height;
  const offset = Math.abs(face.x + face.width / 2 - (card.x + card.width / 2)) / card.width;
  const down = face.y + face.height / 2;
  const inside = offset < 0.5 && down > card.y && down < card.y + card.height;
  return share >= FACE_HEIGHT.least && share <= FACE_HEIGHT.most && offset >= LEAST_OFF_CENTRE && inside;
}

function edgesOf(picture: Frame, frame: PixelBox): CardEdges {
  const grey = greyPicture(picture);
  const edges = findCardEdges(grey, {
    x: frame.x * grey.width,
    y: frame.y * grey.height,
    width: frame.width * grey.width,
    height: frame.height * grey.height,
  });
  grey.luma.fill(0);
  return edges;
}

function greyPicture(picture: Frame): GreyPicture {
  const width = EDGE_PICTURE_WIDTH;
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  const sampler = createSampler();
  const colours = new Float32Array(3 * width * height);
  sampler.sample(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, width, height, colours);
  const grey = Float32Array.from({ length: width * height }, (_, i) =>
    luma(colours[3 * i]!, colours[3 * i + 1]!, colours[3 * i + 2]!),
  );
  colours.fill(0);
  sampler.wipe();
  return { width, height, luma: grey };
}

/** Whether the card leans, or its opposite sides run apart. */
export function isTilted({ top, bottom, left, right }: CardEdges): boolean {
  const slopes = [top, bottom, left, right].flatMap((edge) => (edge ? [Math.abs(edge.slope)] : []));
  const apart = (a: CardEdges['top'], b: CardEdges['top']): number => (a && b ? Math.abs(a.slope - b.slope) : 0);
  return (
    slopes.some((slope) => slope > MOST_SLOPE) || apart(top, bottom) > MOST_SLOPE || apart(left, right) > MOST_SLOPE
  );
}

/** Share of the pixels of a part, its inner four fifths, that a reflection has washed out. */
function glareShare({ width, height, rgb }: Frame, part: PixelBox): number {
  const left = Math.max(0, Math.round(part.x + 0.1 * part.width));
  const right = Math.min(width, Math.round(part.x + 0.9 * part.width));
  const top = Math.max(0, Math.round(part.y + 0.1 * part.height));
  const bottom = Math.min(height, Math.round(part.y + 0.9 * part.height));
  let washed = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 3 * (y * width + x);
      if (Math.min(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!) >= GLARE_LUMA) washed++;
    }
  }
  return washed / Math.max(1, (right - left) * (bottom - top));
}

/** The face with a margin, in whole pixels of the picture. */
function portraitPart({ box }: LocatedFace, picture: Frame): PixelBox {
  const margin = MARGIN * box.height;
  const left = Math.max(0, Math.floor(box.x - margin));
  const top = Math.max(0, Math.floor(box.y - margin));
  const right = Math.min(picture.width, Math.ceil(box.x + box.width + margin));
  const bottom = Math.min(picture.height, Math.ceil(box.y + box.height + margin));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Copies a part of a picture that lies on whole pixels. */
export function cutOut(picture: Frame, part: PixelBox): Frame {
  const rgb = new Uint8Array(3 * part.width * part.height);
  for (let row = 0; row < part.height; row++) {
    const from = 3 * ((part.y + row) * picture.width + part.x);
    rgb.set(picture.rgb.subarray(from, from + 3 * part.width), 3 * row * part.width);
  }
  return { width: part.width, height: part.height, rgb };
}
