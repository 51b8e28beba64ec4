import { openDocumentCamera } from '../../src/renderer/camera/document-camera.ts';
import { createDocumentRunner } from '../../src/renderer/kiosk/capture/document-runner.ts';
import type { DocumentGuidance, DocumentPage } from '../../src/shared/domain/document-reading.ts';
import type { CameraSource } from '../../src/shared/ipc/camera-source.ts';
import type { KioskView } from '../../src/shared/ipc/kiosk-view.ts';
import { ok } from '../../src/shared/result.ts';

type DocumentView = Extract<KioskView, { screen: 'document-capture' }>;

interface Sent {
  readonly live: Uint8Array[];
  readonly full: Uint8Array[];
}

const sent: Sent = { live: [], full: [] };
let answer: DocumentGuidance = { outline: null, hint: 'no-card', progress: 0, take: false };
let view: DocumentView | null = null;

const runner = createDocumentRunner({
  bridge: {
    // A bridge whose channels are typed one by one; here only two of them are asked.
    invoke: (async (channel: string, { jpeg }: { jpeg: Uint8Array }) => {
      (channel === 'kiosk:document-frame' ? sent.live : sent.full).push(jpeg.slice());
      return ok(channel === 'kiosk:document-frame' ? answer : null);
    }) as never,
  },
  openDocumentCamera,
  onChange: () => undefined,
});

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

const desk = {
  show: (page: DocumentPage, source: CameraSource, more: Partial<DocumentView> = {}): void => {
    view = {
      revision: 1,
      siteName: 'site',
      sceneName: 'scene',
      language: 'zh-CN',
      elder: false,
      certifyId: 'test',
      idleSecondsLeft: null,
      demo: { person: 'a', presentation: 'live', card: 'a' },
      camera: source,
      screen: 'document-capture',
      page,
      part: 1,
      parts: 2,
      documentCamera: null,
      hint: null,
      reading: false,
      problem: null,
      maySwipe: false,
      ...more,
    };
    runner.follow(view, null);
  },
  change: (more: Partial<DocumentView>): void => {
    if (!view) return;
    view = { ...view, ...more };
    runner.follow(view, null);
  },
  answerWith: (next: DocumentGuidance): void => {
    answer = next;
  },
  take: (): void => runner.take(),
  state: () => {
    const { video, mirrored, failed, still, refused, guidance } = runner.state();
    const size = video && [video.videoWidth, video.videoHeight];
    return {
      size,
      mirrored,
      failed,
      frozen: still !== null,
      refused,
      seen: guidance?.outline !== null && guidance !== null,
    };
  },
  counts: () => ({
    live: sent.live.length,
    full: sent.full.length,
    largest: Math.max(0, ...sent.live.map((one) => one.length)),
  }),
  last: (kind: 'live' | 'full'): string => base64(sent[kind].at(-1) ?? new Uint8Array()),
  stop: (): string => {
    const track = (runner.state().video?.srcObject as MediaStream | null)?.getVideoTracks()[0];
    runner.stop();
    return track?.readyState ?? 'none';
  },
};

declare global {
  interface Window {
    documentDesk: typeof desk;
  }
}
window.documentDesk = desk;
