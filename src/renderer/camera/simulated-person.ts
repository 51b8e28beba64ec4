import type { CameraSource, Presentation } from '../../shared/ipc/camera-source.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ScreenLight } from './screen-light.ts';
import { createSimulatedActor, type PosedActor, type SimulatedActor } from './simulated-actor.ts';
import { focalPixels } from './simulated-face.ts';
import { drawHeldCard } from './simulated-card.ts';
import { createSimulatedHead } from './simulated-head.ts';
import { AMBIENT_SHARE, seenLight } from './simulated-light.ts';
import { loadClip, loadFacePhoto, unloadClip } from './simulated-photo.ts';
import { createHeldPicture, createPrint, createVideoSheet } from './simulated-sheet.ts';
import { createSimulatedStage, type Finish, type SimulatedStage } from './simulated-stage.ts';

export type SimulatedSource = Extract<CameraSource, { kind: 'simulated' }>;

export interface SimulatedPerson {
  readonly stream: MediaStream;
  /** Null where there is nobody who could do anything: a video, a print. */
  readonly actor: SimulatedActor | null;
  close(): void;
}

/** The label under which a simulated person appears everywhere. */
export const SIMULATED_LABEL = 'simulated person';

/** More than the clips have, and little enough to be drawn 30 times a second without a graphics card. */
const SIZE = { width: 480, height: 360 } as const;
const FRAMES_PER_SECOND = 30;
/** A person reads the prompt before they move. */
const REACTION_MS = 500;
/** How late a relay is: another camera and another display at the attacker's. */
const RELAY_MS = 150;

const SCREEN_SHARE = 1 - AMBIENT_SHARE;
const FINISHES: Readonly<Record<Presentation, Finish>> = {
  live: { ambient: AMBIENT_SHARE, screen: SCREEN_SHARE, gloss: 0.1 },
  print: { ambient: AMBIENT_SHARE, screen: SCREEN_SHARE, gloss: 0.04 },
  tint: { ambient: AMBIENT_SHARE, screen: SCREEN_SHARE, gloss: 0 },
  relay: { ambient: AMBIENT_SHARE, screen: SCREEN_SHARE, gloss: 0 },
  replay: { ambient: 1, screen: 0, gloss: 0 },
};

/** What is drawn, frame by frame, until it is closed. */
interface Show {
  readonly stage: SimulatedStage;
  readonly actor: PosedActor | null;
  readonly beforeFrame: () => void;
  close(): void;
}

async function photoShow(source: SimulatedSource): Promise<Show | null> {
  const photo = await loadFacePhoto(source.url);
  if (!photo) return null;
  const isLive = source.presentation === 'live';
  const { face, picture } = photo;
  const holdCard = (held: boolean): void => {
    const shown = held ? drawHeldCard(photo) : picture;
    if (!stage || !shown) return;
    stage.setSurface(held ? createHeldPicture() : surface);
    stage.setPhoto(shown);
  };
  const timing = { nowMs: () => performance.now(), reactionMs: REACTION_MS };
  const actor = isLive ? createSimulatedActor(timing, holdCard) : null;
  const surface = actor ? createSimulatedHead(face, actor.poseAt) : createPrint(face.width, face.height);
  const stage = createSimulatedStage(SIZE, surface, FINISHES[source.presentation]);
  stage?.setPhoto(picture);
  const close = (): void => {
    actor?.close();
    picture.close();
  };
  if (!stage) close();
  return stage && { stage, actor, beforeFrame: () => undefined, close };
}

async function clipShow({ url, startSeconds, presentation }: SimulatedSource): Promise<Show | null> {
  const clip = await loadClip(url, startSeconds);
  if (!clip) return null;
  const plane = { ...SIZE, focal: focalPixels(SIZE.width) };
  const surface = createVideoSheet(plane, clip.videoWidth / clip.videoHeight, presentation !== 'replay');
  const stage = createSimulatedStage(SIZE, surface, FINISHES[presentation]);
  const close = (): void => unloadClip(clip);
  if (!stage) close();
  return stage && { stage, actor: null, beforeFrame: () => stage.setPhoto(clip), close };
}

/**
 * What stands before a simulated camera, see `PRESENTATIONS`. `live` is a head in three dimensions that the screen's
 * colour of a camera's latency ago lights; everything else is one of the attacks. Only where the application runs as
 * a demonstration or a test. Fails with `camera.missing`.
 */
export async function startSimulatedPerson(
  source: SimulatedSource,
  light: ScreenLight,
): Promise<Result<SimulatedPerson, Failure>> {
  const isPhoto = source.presentation === 'live' || source.presentation === 'print';
  const show = await (isPhoto ? photoShow(source) : clipShow(source));
  if (!show) return err(failure('camera.missing', 'the simulated person did not load, or there is no WebGL 2'));
  const { stage, actor } = show;
  const extraMs = source.presentation === 'relay' ? RELAY_MS : 0;
  let request = 0;
  let drawnAtMs = -Infinity;
  const draw = (nowMs: number): void => {
    request = requestAnimationFrame(draw);
    // Half a display frame of slack keeps every second frame of a 60 Hz display.
    if (nowMs - drawnAtMs < 1_000 / FRAMES_PER_SECOND - 8) return;
    drawnAtMs = nowMs;
    show.beforeFrame();
    stage.draw(seenLight(light, nowMs, extraMs));
  };
  request = requestAnimationFrame(draw);
  const stream = stage.canvas.captureStream(FRAMES_PER_SECOND);
  const close = (): void => {
    cancelAnimationFrame(request);
    stream.getTracks().forEach((track) => track.stop());
    show.close();
    stage.close();
  };
  return ok({ stream, actor, close });
}
