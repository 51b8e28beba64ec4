/** One frame's raw crop as it crosses from a page to a test. */
export interface SentPicture {
  readonly capturedAtMs: number;
  readonly rgbBase64: string;
}
