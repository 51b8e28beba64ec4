/** What the preview did for a while, as it crosses from the browser page to the benchmark. */
export interface PreviewRun {
  readonly elapsedMs: number;
  /** Camera frames that were presented. */
  readonly frames: number;
  /** Camera frames that came to the preview, and those of them that were never presented. */
  readonly given: number;
  readonly dropped: number;
  readonly longestGapMs: number;
  /** Animation frames for which the tracker gave a place to draw. */
  readonly drawn: number;
  /** From the camera's frame to the answer about it. */
  readonly latenciesMs: readonly number[];
  /** Size of every guidance picture that was sent. */
  readonly sentBytes: readonly number[];
}
