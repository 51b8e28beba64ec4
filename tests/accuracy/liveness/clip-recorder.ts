import type { LightFrame } from '../../../src/shared/domain/liveness.ts';
import { CANONICAL_POINTS } from '../../../src/shared/domain/canonical-face.ts';
import type { AttackScene } from './attacks.ts';
import { createCamera, type CameraSettings } from './camera.ts';
import { backdropOf, createLightClock, lightingOf, type ClipTimelines, type Room } from './clip-lighting.ts';
import { aimCrop } from './crop.ts';
import { drawMotion } from './head-motion.ts';
import { createRenderer, type RowLight } from './renderer.ts';
import type { Pose, Subject } from './scene.ts';
import type { Seeded } from './seeded.ts';
import { luxAt, type Lighting } from './surface-light.ts';
import type { SimulatedTerminal } from './terminal.ts';
import { mapVector } from './vector.ts';

export interface Recording {
  readonly scene: AttackScene;
  readonly room: Room;
  readonly terminal: SimulatedTerminal;
  readonly timelines: ClipTimelines;
  readonly fromMs: number;
  readonly toMs: number;
  readonly cropSide: number;
  readonly mesh: 'tracked' | 'true' | 'none';
  readonly random: Seeded;
}

const MESH_EVERY = 3;
/** Drawing is most of the work, and a swaying head moves by a fraction of a pixel from frame to frame. */
const PLACED_EVERY = 3;

/**
 * Errors of the mesh model as shares of the face's width, as `mesh-errors.ts` measured them: all points together for
 * the whole clip and from frame to frame, and each point for itself likewise.
 */
const TRACKER = { shift: 0.0084, together: 0.0016, lasting: 0.0135, single: 0.0027 } as const;

/** Camera pixels of a face box's height, in a picture of 640 × 480. */
const FACE_HEIGHT_IN_CAMERA: readonly [number, number] = [170, 240];

function cameraSettings(
  { terminal, room, random }: Recording,
  lighting: Lighting,
  pixelsPerSample: number,
): CameraSettings {
  const lux = room.ambientLux + luxAt(lighting.screen, terminal.distance) / 3;
  const darkness = Math.min(1.8, Math.max(0.7, Math.sqrt(250 / lux)));
  const averaged = Math.min(2, Math.max(1, pixelsPerSample));
  const noise = (terminal.noise * darkness) / averaged;
  const corrected = random.between(0.5, 1);
  return {
    locked: terminal.locked,
    target: random.between(0.16, 0.26),
    shot: 0.2 * noise * noise,
    read: (0.002 * darkness) / averaged,
    denoise: terminal.denoise,
    whiteBalance: mapVector((c) => 1 + corrected * (room.colour[1] / room.colour[c] - 1)),
  };
}

function frameTimes({ terminal, random, fromMs, toMs }: Recording): number[] {
  const everyMs = 1_000 / terminal.framesPerSecond;
  const times: number[] = [];
  for (let ms = fromMs + random.between(0, everyMs); ms < toMs; ms += everyMs) {
    if (!random.chance(terminal.dropShare)) times.push(ms + Math.max(-5, Math.min(5, random.normal(0, 1.5))));
  }
  return times;
}

/** Adds what a mesh model gets wrong. */
function createTracker({ mesh, random }: Recording, faceWidth: number): (points: Float32Array) => Float32Array {
  if (mesh === 'true') return (points) => points;
  const shift = mapVector(() => random.normal(0, TRACKER.shift * faceWidth));
  const lasting = Float32Array.from(
    { length: 3 * CANONICAL_POINTS },
    (_, i) => shift[(i % 3) as 0 | 1 | 2] + random.normal(0, TRACKER.lasting * faceWidth),
  );
  return (points) => {
    const together = mapVector(() => random.normal(0, TRACKER.together * faceWidth));
    return points.map(
      (value, i) => value + lasting[i]! + together[(i % 3) as 0 | 1 | 2] + random.normal(0, TRACKER.single * faceWidth),
    );
  };
}

function emptyRows(height: number): RowLight {
  const rows = (): Float32Array => new Float32Array(3 * height);
  return { ambient: rows(), screen: rows(), driven: rows() };
}

/** Records the clip frame by frame. */
export function recordFrames(recording: Recording): LightFrame[] {
  const { scene, room, terminal, timelines, fromMs, toMs, cropSide, random } = recording;
  const depthOf = (subject: Subject): number =>
    // A person's origin is behind the face; a carrier is its own face and is held where it fills the picture.
    subject.relief && !subject.eyes ? terminal.distance * (1 - scene.nearness) : 0;
  const motion = drawMotion(random, depthOf(scene.subject));
  const { pinhole, face } = aimCrop(scene.subject, motion(fromMs), terminal.distance, cropSide, random);
  const size = { width: pinhole.width, height: pinhole.height };
  const lighting = lightingOf(room, terminal);
  const backdrop = backdropOf(room, lighting, size, random);
  const renderer = createRenderer(scene.subject, pinhole, backdrop, lighting);
  const successor = scene.successor && createRenderer(scene.successor, pinhole, backdrop, lighting);
  const successorMotion = scene.successor && drawMotion(random, scene.successorNearerM);
  const inCamera = random.between(...FACE_HEIGHT_IN_CAMERA);
  const camera = createCamera(cameraSettings(recording, lighting, inCamera / face.height), size, random);
  const track = createTracker(recording, face.width);
  const clock = createLightClock(room, terminal, size.height, timelines);
  const light = emptyRows(size.height);
  const linear = new Float32Array(3 * size.width * size.height);
  let wasReplaced = false;
  return frameTimes(recording).map((capturedAtMs, i): LightFrame => {
    const replaced = successor !== null && capturedAtMs > (fromMs + toMs) / 2;
    const shown = replaced ? successor : renderer;
    const pose: Pose = replaced && successorMotion ? successorMotion(capturedAtMs) : motion(capturedAtMs);
    if (i % PLACED_EVERY === 0 || replaced !== wasReplaced) shown.place(pose);
    wasReplaced = replaced;
    clock.at(capturedAtMs, light);
    shown.shade(light, linear);
    const frame = { rgb: camera.expose(linear), ...size, face, capturedAtMs };
    if (recording.mesh === 'none' || i % MESH_EVERY !== 0) return frame;
    return { ...frame, mesh: track(shown.meshPoints(pose)) };
  });
}
