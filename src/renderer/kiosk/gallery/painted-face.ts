/** Where the painted face is, as shares of its picture. */
export const PAINTED_FACE = { x: 0.356, y: 0.22, width: 0.288, height: 0.52 };
