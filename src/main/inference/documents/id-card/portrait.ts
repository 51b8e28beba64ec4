import type { EncodedPicture } from '../../../../shared/domain/document-reading.ts';
import type { PixelBox } from '../../../../shared/domain/liveness.ts';
import { cutOut } from '../../card-portrait.ts';
import type { DetectedFace } from '../../face-detector.ts';
import type { Frame } from '../../frame.ts';
import { encodePng } from '../../image-codec.ts';

/** Finds faces, most certain first. */
export type FindFaces = (picture: Frame) => Promise<readonly DetectedFace[]>;

/** The portrait is printed on the right; its face is a quarter to two thirds as high as the card. */
const FROM_X = 0.55;
const FACE_HEIGHT = { least: 0.16, most: 0.62 } as const;
/** The printed portrait is 26 × 32 mm; as high as this many faces it shows the whole head and some of the shoulders. */
const RATIO = 26 / 32;
const HEIGHT_IN_FACES = 1.7;
/** The detector's box ends at the chin and begins under the hair: its middle is a little below the portrait's. */
const RAISED = 0.04;

/** The face of the printed portrait on an upright front, in pixels; null when none is where it should be. */
export async function findPrintedFace(findFaces: FindFaces, card: Frame): Promise<PixelBox | null> {
  const faces = await findFaces(card);
  const fits = ({ box }: DetectedFace): boolean => {
    const height = box.height / card.height;
    return (box.x + box.width / 2) / card.width > FROM_X && height > FACE_HEIGHT.least && height < FACE_HEIGHT.most;
  };
  return faces.find(fits)?.box ?? null;
}

/** Cuts the portrait out around its face, as a PNG file. */
export async function cutPortrait(card: Frame, face: PixelBox): Promise<EncodedPicture> {
  const height = Math.min(card.height, HEIGHT_IN_FACES * face.height);
  const width = height * RATIO;
  const left = Math.max(0, Math.round(face.x + face.width / 2 - width / 2));
  const top = Math.max(0, Math.round(face.y + face.height / 2 - RAISED * face.height - height / 2));
  const part = {
    x: left,
    y: top,
    width: Math.min(card.width - left, Math.round(width)),
    height: Math.min(card.height - top, Math.round(height)),
  };
  const portrait = cutOut(card, part);
  const bytes = await encodePng(portrait);
  portrait.rgb.fill(0);
  return { bytes, mediaType: 'image/png', width: part.width, height: part.height };
}
