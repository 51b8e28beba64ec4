/** What the clip page gives, as text that crosses into the test. */
export type PageClip =
  | { readonly kind: 'mp4'; readonly base64: string; readonly startedAtMs: number | undefined }
  | {
      readonly kind: 'parts';
      readonly frames: readonly { readonly base64: string; readonly capturedAtMs: number }[];
      readonly pcmBase64: string | null;
      readonly startedAtMs: number | undefined;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly detail?: string };
