/** Relative to the picture, as guidance gives the place of a face. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An upright outline in the middle that a face or a sheet fills: a face at about 45 cm, three quarters as wide. */
const HEIGHT = 0.45;
const TOP = 0.28;
const WIDTH_OF_HEIGHT = 0.75;

/** Where the face or the card has to be for a calibration, in a picture of this size. */
export function calibrationBox({ width, height }: { readonly width: number; readonly height: number }): Box {
  const share = Math.min(0.5, (HEIGHT * WIDTH_OF_HEIGHT * height) / width);
  return { x: (1 - share) / 2, y: TOP, width: share, height: HEIGHT };
}
