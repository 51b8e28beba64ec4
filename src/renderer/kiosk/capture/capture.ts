import type { KioskBridge } from '../../../preload/bridge.ts';
import type { CardOutline } from '../../../shared/domain/document-reading.ts';
import type { ChallengeProgress, Srgb } from '../../../shared/domain/challenge.ts';
import type { CameraSource } from '../../../shared/ipc/camera-source.ts';
import type { FaceBox, Guidance } from '../../../shared/ipc/kiosk-guidance.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import { createBoxTracker } from '../../camera/box-tracker.ts';
import type { CameraSession } from '../../camera/camera-session.ts';
import { describeCamera } from '../../camera/opened-camera.ts';
import { createScreenLight, type ScreenLight } from '../../camera/screen-light.ts';
import { failedReport } from './camera-report.ts';
import { cardPhotoTask } from './card-photo-task.ts';
import { createCameraTrialRunner } from './camera-trial.ts';
import { challengeTask } from './challenge-task.ts';
import {
  createDocumentRunner,
  NO_DOCUMENT,
  type DocumentCapture,
  type DocumentRunnerParts,
} from './document-runner.ts';
import { lightTask } from './light-task.ts';
import { positionTask } from './position-task.ts';

export interface CaptureDependencies {
  readonly bridge: Pick<KioskBridge, 'invoke'>;
  readonly openCamera: (source: CameraSource, light: ScreenLight) => Promise<Result<CameraSession, Failure>>;
  readonly openDocumentCamera: DocumentRunnerParts['openDocumentCamera'];
  /** Puts a colour on the whole window at once; null takes it away. */
  readonly paint: (rgb: Srgb | null) => void;
}

/** What the screens draw: the live picture, the last word of the guidance, and how a framed challenge stands. */
export interface CaptureState {
  readonly video: HTMLVideoElement | null;
  readonly guidance: Guidance | null;
  readonly progress: ChallengeProgress | null;
  readonly document: DocumentCapture;
}

export interface Capture {
  /** Does what the view asks for: opens or closes the camera, guides, plays the light. */
  readonly follow: (view: KioskView) => void;
  readonly state: () => CaptureState;
  /** Where to draw the face at `nowMs`, between the answers too; null when there is none to draw. */
  readonly faceAt: (nowMs: number) => FaceBox | null;
  /** How loud it is at the microphone now, 0–1; null while none is open. */
  readonly soundLevel: () => number | null;
  /** The corners of the document to draw at `nowMs`, relative to the picture as the camera sees it. */
  readonly outlineAt: (nowMs: number) => CardOutline | null;
  /** Takes the picture of the document now. */
  readonly takeDocument: () => void;
  readonly onChange: (listener: () => void) => () => void;
  readonly close: () => void;
}

/** What a task may use, and where it leaves what it learns. */
export interface TaskContext {
  readonly bridge: Pick<KioskBridge, 'invoke'>;
  readonly camera: CameraSession;
  readonly certifyId: string;
  readonly light: ScreenLight;
  readonly paint: (rgb: Srgb | null) => void;
  readonly signal: AbortSignal;
  /** Where the face was last seen in this certification. */
  readonly lastBox: FaceBox | null;
  readonly onGuidance: (guidance: Guidance, capturedAtMs: number) => void;
  readonly onProgress: (progress: ChallengeProgress) => void;
  /** How loud it is, 0–1; null when the microphone is closed. */
  readonly onSoundLevel: (level: number | null) => void;
}

interface Task {
  readonly key: string;
  run(context: TaskContext): Promise<void>;
}

function taskOf(view: KioskView): Task | null {
  if (view.screen === 'position') return { key: `position ${view.certifyId}`, run: positionTask };
  if (view.screen === 'card-photo') return { key: `card-photo ${view.certifyId}`, run: cardPhotoTask };
  if (view.screen === 'challenge') {
    return { key: `challenge ${view.nonce}`, run: (context) => challengeTask(view, context) };
  }
  if (view.screen !== 'light') return null;
  return { key: `light ${view.challenge.nonce}`, run: (context) => lightTask(view, context) };
}

const NOTHING: CaptureState = { video: null, guidance: null, progress: null, document: NO_DOCUMENT };

/**
 * Ties the camera to the view. The camera is open exactly while the view names a source for a running certification,
 * and whatever is under way stops at once when the view moves on.
 */
export function createCapture({ bridge, openCamera, openDocumentCamera, paint }: CaptureDependencies): Capture {
  const listeners = new Set<() => void>();
  const light = createScreenLight();
  let tracker = createBoxTracker();
  let state = NOTHING;
  let wanted: { key: string; view: KioskView } | null = null;
  let camera: CameraSession | null = null;
  let running: { key: string; stop: AbortController } | null = null;
  let lastBox: FaceBox | null = null;
  let soundLevel: number | null = null;
  const trial = createCameraTrialRunner(bridge);

  const change = (next: Partial<CaptureState>): void => {
    state = { ...state, ...next };
    listeners.forEach((listener) => listener());
  };
  const documents = createDocumentRunner({
    bridge,
    openDocumentCamera,
    onChange: () => change({ document: documents.state() }),
  });
  const stopTask = (): void => {
    running?.stop.abort();
    running = null;
    soundLevel = null;
    if (state.guidance || state.progress) change({ guidance: null, progress: null });
  };
  const closeCamera = (): void => {
    stopTask();
    trial.stop();
    documents.stop();
    camera?.close();
    camera = null;
    lastBox = null;
    tracker = createBoxTracker();
    wanted = null;
    if (state !== NOTHING) {
      state = NOTHING;
      change({});
    }
  };
  const onGuidance = (guidance: Guidance, capturedAtMs: number): void => {
    tracker.see(guidance.box, capturedAtMs);
    lastBox = guidance.box ?? lastBox;
    change({ guidance });
  };
  const pursue = (): void => {
    if (wanted) trial.follow(wanted.view, camera);
    if (wanted) documents.follow(wanted.view, camera);
    const task = wanted && taskOf(wanted.view);
    if (running?.key === task?.key) return;
    stopTask();
    const certifyId = wanted?.view.certifyId;
    if (!task || !camera || !certifyId) return;
    const stop = new AbortController();
    running = { key: task.key, stop };
    const { signal } = stop;
    const learn = (guidance: Guidance, capturedAtMs: number): void => {
      if (!signal.aborted) onGuidance(guidance, capturedAtMs);
    };
    void task.run({
      bridge,
      camera,
      certifyId,
      light,
      paint,
      signal,
      lastBox,
      onGuidance: learn,
      onProgress: (progress) => {
        if (!signal.aborted) change({ progress });
      },
      onSoundLevel: (level) => {
        if (!signal.aborted) soundLevel = level;
      },
    });
  };
  const reportReady = async ({ label, width, height, stream }: CameraSession): Promise<void> => {
    const opened = await describeCamera(stream, navigator.mediaDevices);
    await bridge.invoke('kiosk:camera', {
      type: 'ready',
      label: label.slice(0, 200),
      width,
      height,
      opened: { ...opened, label: label.slice(0, 200) },
      screen: { width: screen.width, height: screen.height },
    });
  };
  const open = async (source: CameraSource, key: string): Promise<void> => {
    const opened = await openCamera(source, light);
    if (wanted?.key !== key) {
      if (opened.ok) opened.value.close();
      return;
    }
    if (!opened.ok) {
      void bridge.invoke('kiosk:camera', failedReport(opened.error));
      return;
    }
    camera = opened.value;
    camera.onLost((lost) => void bridge.invoke('kiosk:camera', failedReport(lost)));
    change({ video: camera.video });
    pursue();
    await reportReady(camera);
  };
  return {
    follow: (view) => {
      const key = view.camera && view.certifyId ? `${view.certifyId} ${JSON.stringify(view.camera)}` : null;
      if (key !== (wanted?.key ?? null)) closeCamera();
      if (!key || !view.camera) return documents.follow(view, null);
      const isNew = wanted === null;
      wanted = { key, view };
      if (isNew) void open(view.camera, key);
      pursue();
    },
    state: () => state,
    faceAt: (nowMs) => tracker.at(nowMs),
    soundLevel: () => soundLevel,
    outlineAt: (nowMs) => documents.outlineAt(nowMs),
    takeDocument: () => documents.take(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: closeCamera,
  };
}
