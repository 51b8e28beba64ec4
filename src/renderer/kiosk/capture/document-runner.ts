import type { KioskBridge } from '../../../preload/bridge.ts';
import type { CardOutline, DocumentGuidance } from '../../../shared/domain/document-reading.ts';
import type { CameraSource } from '../../../shared/ipc/camera-source.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { Failure, FailureCode } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { CameraSession } from '../../camera/camera-session.ts';
import type { DocumentCamera } from '../../camera/document-camera.ts';
import { createOutlineTracker } from '../../camera/outline-tracker.ts';
import { createDocumentArming } from './document-arming.ts';
import { createDocumentPictures, type DocumentPictures } from './document-pictures.ts';

type DocumentView = Extract<KioskView, { screen: 'document-capture' }>;

/** What the screen draws while a document is photographed. */
export interface DocumentCapture {
  /** The picture of the camera that looks at the document; null while none is open. */
  readonly video: HTMLVideoElement | null;
  /** The camera of the face shows a mirror image, as everywhere. */
  readonly mirrored: boolean;
  /** Why the camera for documents can't be used; the camera of the face stands in. */
  readonly failed: FailureCode | null;
  readonly guidance: DocumentGuidance | null;
  /** The picture that was taken, frozen until it has been read. */
  readonly still: HTMLCanvasElement | null;
  /** The last picture was not accepted, or none could be taken. */
  readonly refused: FailureCode | null;
}

export const NO_DOCUMENT: DocumentCapture = {
  video: null,
  mirrored: false,
  failed: null,
  guidance: null,
  still: null,
  refused: null,
};

export interface DocumentRunner {
  /** Looks at documents while the view asks for one, and lets go of everything when it doesn't. */
  follow(view: KioskView, face: CameraSession | null): void;
  state(): DocumentCapture;
  outlineAt(nowMs: number): CardOutline | null;
  /** Takes the picture now. */
  take(): void;
  stop(): void;
}

export interface DocumentRunnerParts {
  readonly bridge: Pick<KioskBridge, 'invoke'>;
  readonly openDocumentCamera: (
    source: CameraSource,
    card: 'a' | 'b' | null,
  ) => Promise<Result<DocumentCamera, Failure>>;
  readonly onChange: () => void;
}

/** After these, what lies there has to be turned over or exchanged first. */
const NEEDS_MOVING: ReadonlySet<string> = new Set([
  'document.wrong-side',
  'document.wrong-kind',
  'document.not-a-card',
]);

/** Where to look: the camera for documents, or a simulated desk in place of a simulated face. */
function sourceOf(view: DocumentView): CameraSource | null {
  return view.documentCamera ?? (view.camera?.kind === 'simulated' ? view.camera : null);
}

export function createDocumentRunner({ bridge, openDocumentCamera, onChange }: DocumentRunnerParts): DocumentRunner {
  const tracker = createOutlineTracker();
  const arming = createDocumentArming(() => performance.now());
  let state = NO_DOCUMENT;
  let view: DocumentView | null = null;
  let key = '';
  let own: DocumentCamera | null = null;
  let pictures: { readonly of: CameraSession; readonly run: DocumentPictures } | null = null;

  const change = (next: Partial<DocumentCapture>): void => {
    state = { ...state, ...next };
    onChange();
  };
  const endPictures = (): void => {
    pictures?.run.stop();
    pictures = null;
    tracker.reset();
  };
  const stop = (): void => {
    endPictures();
    own?.session.close();
    own = null;
    view = null;
    key = '';
    if (state === NO_DOCUMENT) return;
    state = NO_DOCUMENT;
    onChange();
  };
  const onGuidance = (guidance: DocumentGuidance, capturedAtMs: number): void => {
    tracker.see(guidance.outline, capturedAtMs);
    change({ guidance });
    if (arming.takes(guidance)) pictures?.run.take();
  };
  const lookWith = (session: CameraSession | null, mirrored: boolean): void => {
    if ((pictures?.of ?? null) === session) return;
    endPictures();
    const certifyId = view?.certifyId;
    if (!session || !certifyId) return change({ video: null, guidance: null, still: null });
    const run = createDocumentPictures({
      bridge,
      video: session.video,
      certifyId,
      onGuidance,
      onStill: (still) => change({ still, guidance: null }),
      onRefused: (refused) => change({ refused }),
    });
    pictures = { of: session, run };
    change({ video: session.video, mirrored, guidance: null, still: null });
  };
  const lose = (failed: Failure, mine: string, face: () => CameraSession | null): void => {
    if (key !== mine) return;
    own?.session.close();
    own = null;
    change({ failed: failed.code });
    lookWith(face(), true);
  };
  let faceNow: CameraSession | null = null;
  const open = async (source: CameraSource, mine: string): Promise<void> => {
    const opened = await openDocumentCamera(source, view?.demo?.card ?? null);
    if (key !== mine) {
      if (opened.ok) opened.value.session.close();
      return;
    }
    if (!opened.ok) return lose(opened.error, mine, () => faceNow);
    own = opened.value;
    own.session.onLost((lost) => lose(lost, mine, () => faceNow));
    own.lay(view?.page ?? null);
    lookWith(own.session, false);
  };
  const turnPage = (next: DocumentView, before: DocumentView | null): void => {
    if (before && next.page !== before.page) {
      arming.disarm();
      own?.lay(next.page);
      change({ refused: null });
    }
    if (next.problem !== null && next.problem !== before?.problem && NEEDS_MOVING.has(next.problem)) arming.disarm();
    pictures?.run.pause(next.reading);
  };
  return {
    follow: (next, face) => {
      if (next.screen !== 'document-capture' || next.certifyId === null) return stop();
      const source = sourceOf(next);
      const mine = `${next.certifyId} ${JSON.stringify(source)} ${next.demo?.card ?? ''}`;
      faceNow = face;
      if (mine !== key) {
        stop();
        key = mine;
        arming.arm();
        view = next;
        if (source) void open(source, mine);
      }
      const before = view;
      view = next;
      if (!source || (state.failed !== null && !own)) lookWith(face, true);
      turnPage(next, before);
    },
    state: () => state,
    outlineAt: (nowMs) => (state.still ? null : tracker.at(nowMs)),
    take: () => pictures?.run.take(),
    stop,
  };
}
