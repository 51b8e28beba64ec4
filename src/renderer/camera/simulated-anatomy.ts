/**
 * Which points of the canonical face mesh are what, image left (the person's right) first. The numbers are MediaPipe's
 * (mediapipe/python/solutions/face_mesh_connections.py, Apache-2.0).
 */

/** The outline of the face, clockwise in the picture from the top of the forehead. */
export const FACE_OVAL: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/** Where the outline passes the ears. */
export const EARS = [234, 454] as const;
export const CHIN = 152;

/** Points that lie above each other: the skin over the lid, the lid's edge, the lower edge, the skin below. */
interface Eye {
  readonly above: readonly number[];
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  readonly below: readonly number[];
  readonly corners: readonly [number, number];
}

export const EYES: readonly Eye[] = [
  {
    above: [247, 30, 29, 27, 28, 56, 190],
    upper: [246, 161, 160, 159, 158, 157, 173],
    lower: [7, 163, 144, 145, 153, 154, 155],
    below: [25, 110, 24, 23, 22, 26, 112],
    corners: [33, 133],
  },
  {
    above: [414, 286, 258, 257, 259, 260, 467],
    upper: [398, 384, 385, 386, 387, 388, 466],
    lower: [382, 381, 380, 374, 373, 390, 249],
    below: [341, 256, 252, 253, 254, 339, 255],
    corners: [362, 263],
  },
];

export const MOUTH_CORNERS = [61, 291] as const;
/** The edges of the lips towards the mouth, corners included in the upper one. */
export const INNER_UPPER_LIP: readonly number[] = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];
export const INNER_LOWER_LIP: readonly number[] = [95, 88, 178, 87, 14, 317, 402, 318, 324];
/** The rest of the lower lip, row by row. */
export const LOWER_LIP: readonly number[] = [
  ...[96, 89, 179, 86, 15, 316, 403, 319, 325],
  ...[77, 90, 180, 85, 16, 315, 404, 320, 307],
  ...[146, 91, 181, 84, 17, 314, 405, 321, 375],
];
/** The corners of the mouth and the upper lip, which stay where they are when the jaw drops. */
export const STILL_LIPS: readonly number[] = [
  ...[61, 76, 62, 78, 291, 306, 292, 308],
  ...[185, 40, 39, 37, 0, 267, 269, 270, 409],
  ...[184, 74, 73, 72, 11, 302, 303, 304, 408],
  ...[183, 42, 41, 38, 12, 268, 271, 272, 407],
];
