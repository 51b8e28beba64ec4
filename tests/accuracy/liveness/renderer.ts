import { ATTRIBUTES, clearGBuffer, createGBuffer, drawSurface, type GBuffer } from './gbuffer.ts';
import type { Part, Pose, Subject } from './scene.ts';
import { lightSurface, type Lighting } from './surface-light.ts';
import type { Texture } from './texture.ts';
import { transformPoints, type Vector3 } from './vector.ts';

/** A pinhole on the axis of the scene, `distance` metres in front of its origin. */
export interface Pinhole {
  readonly width: number;
  readonly height: number;
  /** Pixels: where the axis meets the picture, and the focal length. */
  readonly centreX: number;
  readonly centreY: number;
  readonly focal: number;
  readonly distance: number;
}

/** What stands behind the subject and never moves: its light in lux times reflectance, from either source. */
export interface Backdrop {
  readonly texture: Texture;
  readonly ambientLux: number;
  readonly screenLux: number;
}

/** Light of the moment, by row of the picture and channel. */
export interface RowLight {
  readonly ambient: Float32Array;
  readonly screen: Float32Array;
  /** For what a carrier sends out by itself. */
  readonly driven: Float32Array;
}

interface PreparedPart {
  readonly part: Part;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly values: Float32Array;
  readonly points: Float32Array;
}

/** Draws a subject again and again, moved and lit anew. */
export interface SubjectRenderer {
  /** Moves the subject and finds what is where and how much light it gets from either source. */
  place(pose: Pose): void;
  /** Linear light of the picture into `out`, three values a pixel. */
  shade(light: RowLight, out: Float32Array): void;
  /** The mesh's points as the picture shows them: x, y in pixels, z like a mesh model's. */
  meshPoints(pose: Pose): Float32Array;
}

export function project(pinhole: Pinhole, x: number, y: number, z: number): Vector3 {
  const scale = pinhole.focal / (pinhole.distance - z);
  return [pinhole.centreX + scale * x, pinhole.centreY - scale * y, scale];
}

function prepare(part: Part): PreparedPart {
  const count = part.positions.length / 3;
  const values = new Float32Array(ATTRIBUTES * count);
  for (let i = 0; i < count; i++) {
    values[ATTRIBUTES * i] = part.uv[2 * i]!;
    values[ATTRIBUTES * i + 1] = part.uv[2 * i + 1]!;
  }
  return {
    part,
    positions: new Float32Array(3 * count),
    normals: new Float32Array(3 * count),
    values,
    points: new Float32Array(3 * count),
  };
}

/** The light on a swaying face changes by less than a thousandth within so few frames. */
const RELIT_EVERY = 2;

const STILL: Vector3 = [0, 0, 0];

/** Eyes mirror this share of the screen's light, in a spot of this size (share of the picture's width). */
const GLINT = { strength: 0.025, radius: 0.007 };

export function createRenderer(
  subject: Subject,
  pinhole: Pinhole,
  backdrop: Backdrop,
  lighting: Lighting,
): SubjectRenderer {
  const buffer = createGBuffer(pinhole.width, pinhole.height);
  const parts = subject.parts.map(prepare);
  const glints = new Float32Array(pinhole.width * pinhole.height);
  const emits = parts.some(({ part }) => part.material.emission);
  const transport = createTransport(pinhole.width * pinhole.height, emits);
  let placed = 0;
  const drawPart = (prepared: PreparedPart, pose: Pose, index: number): void => {
    const { part, positions, normals, values, points } = prepared;
    transformPoints(part.positions, positions, pose.turn, pose.move);
    transformPoints(part.normals, normals, pose.turn, STILL);
    const { neighbours, unshade, triangles, material } = part;
    if (placed % RELIT_EVERY === 0) {
      lightSurface({ positions, normals, sharpness: material.sharpness, neighbours, unshade }, lighting, values);
    }
    for (let i = 0; i < positions.length; i += 3) {
      const scale = pinhole.focal / (pinhole.distance - positions[i + 2]!);
      points[i] = pinhole.centreX + scale * positions[i]!;
      points[i + 1] = pinhole.centreY - scale * positions[i + 1]!;
      points[i + 2] = positions[i + 2]!;
    }
    drawSurface(buffer, { triangles, points, values, material: index + 1 });
  };
  return {
    place: (pose) => {
      clearGBuffer(buffer);
      // The nearest last in the list is drawn first: what it hides costs nothing.
      for (let index = parts.length - 1; index >= 0; index--) drawPart(parts[index]!, pose, index);
      placed++;
      glints.fill(0);
      for (const eye of subject.eyes ?? []) addGlint(glints, pinhole, turned(eye, pose), lighting.screen.luminance);
      fillTransport(buffer, parts, backdrop, glints, transport);
    },
    shade: (light, out) => combine(transport, light, pinhole.width, out),
    meshPoints: (pose) => meshPoints(subject, pinhole, pose),
  };
}

function turned(point: Vector3, { turn, move }: Pose): Vector3 {
  const out = new Float32Array(3);
  transformPoints(Float32Array.from(point), out, turn, move);
  return [out[0]!, out[1]!, out[2]!];
}

function addGlint(glints: Float32Array, pinhole: Pinhole, eye: Vector3, luminance: number): void {
  const [cx, cy] = project(pinhole, ...eye);
  const radius = GLINT.radius * pinhole.width;
  for (let y = Math.floor(cy - 3 * radius); y <= cy + 3 * radius; y++) {
    for (let x = Math.floor(cx - 3 * radius); x <= cx + 3 * radius; x++) {
      if (x < 0 || y < 0 || x >= pinhole.width || y >= pinhole.height) continue;
      const r2 = ((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2) / (radius * radius);
      glints[y * pinhole.width + x]! += GLINT.strength * luminance * Math.exp(-0.5 * r2);
    }
  }
}

function meshPoints({ points, relief }: Subject, pinhole: Pinhole, pose: Pose): Float32Array {
  const out = new Float32Array(points.length);
  transformPoints(points, out, pose.turn, pose.move);
  for (let i = 0; i < out.length; i += 3) {
    const [x, y, scale] = project(pinhole, out[i]!, out[i + 1]!, out[i + 2]!);
    out[i + 2] = -scale * (relief ? relief[i / 3]! : out[i + 2]!);
    out[i] = x;
    out[i + 1] = y;
  }
  return out;
}

/** Colour of a texture between its pixels. */
function sample({ width, height, rgb }: Texture, u: number, v: number, to: Float64Array): void {
  if (width === 1 && height === 1) {
    for (let c = 0; c < 3; c++) to[c] = rgb[c]!;
    return;
  }
  const x = Math.min(width - 1.001, Math.max(0, u - 0.5));
  const y = Math.min(height - 1.001, Math.max(0, v - 0.5));
  const [ix, iy] = [x | 0, y | 0];
  const [fx, fy] = [x - ix, y - iy];
  const at = 3 * (iy * width + ix);
  const below = at + (iy + 1 < height ? 3 * width : 0);
  for (let c = 0; c < 3; c++) {
    const upper = rgb[at + c]! * (1 - fx) + rgb[at + 3 + c]! * fx;
    to[c] = upper * (1 - fy) + (rgb[below + c]! * (1 - fx) + rgb[below + 3 + c]! * fx) * fy;
  }
}

/** What each pixel makes of each light: three values a pixel. */
interface Transport {
  readonly ambient: Float32Array;
  readonly screen: Float32Array;
  /** Null where nothing sends out light of its own. */
  readonly emitted: { readonly steady: Float32Array; readonly driven: Float32Array } | null;
}

function createTransport(pixels: number, emits: boolean): Transport {
  const map = (): Float32Array => new Float32Array(3 * pixels);
  return { ambient: map(), screen: map(), emitted: emits ? { steady: map(), driven: map() } : null };
}

/** Finds the transport of everything that was drawn, and of the backdrop where nothing was. */
function fillTransport(
  buffer: GBuffer,
  parts: readonly PreparedPart[],
  backdrop: Backdrop,
  glints: Float32Array,
  { ambient, screen, emitted }: Transport,
): void {
  const { values, material } = buffer;
  const colour = new Float64Array(3);
  for (let pixel = 0; pixel < material.length; pixel++) {
    const to = 3 * pixel;
    const index = material[pixel]!;
    if (index === 0) {
      for (let c = to; c < to + 3; c++) {
        ambient[c] = backdrop.texture.rgb[c]! * backdrop.ambientLux;
        screen[c] = backdrop.texture.rgb[c]! * backdrop.screenLux;
      }
      emitted?.steady.fill(0, to, to + 3);
      emitted?.driven.fill(0, to, to + 3);
      continue;
    }
    const { gain, scatter, gloss, texture, emission } = parts[index - 1]!.part.material;
    const at = ATTRIBUTES * pixel;
    sample(texture, values[at]!, values[at + 1]!, colour);
    const around = values[at + 2]!;
    const sharp = values[at + 3]!;
    const soft = values[at + 4]!;
    const mirrored = gloss * values[at + 5]! + glints[pixel]!;
    for (let c = 0; c < 3; c++) {
      const reflectance = Math.min(0.95, Math.max(0.008, colour[c]! * gain[c]!));
      ambient[to + c] = (reflectance + 0.5 * gloss) * around;
      screen[to + c] = reflectance * (sharp + scatter[c]! * (soft - sharp)) + mirrored;
    }
    if (!emitted || !emission) continue;
    sample(emission.steady, values[at]!, values[at + 1]!, colour);
    for (let c = 0; c < 3; c++) emitted.steady[to + c] = colour[c]!;
    sample(emission.driven, values[at]!, values[at + 1]!, colour);
    for (let c = 0; c < 3; c++) emitted.driven[to + c] = colour[c]!;
  }
}

/** Adds up what each light makes of each pixel. */
function combine({ ambient, screen, emitted }: Transport, light: RowLight, width: number, out: Float32Array): void {
  for (let row = 0, i = 0; i < out.length; row += 3) {
    for (let c = 0; c < 3; c++) {
      const a = light.ambient[row + c]!;
      const s = light.screen[row + c]!;
      for (let at = i + c, end = i + 3 * width; at < end; at += 3) out[at] = ambient[at]! * a + screen[at]! * s;
      if (!emitted) continue;
      const d = light.driven[row + c]!;
      for (let at = i + c, end = i + 3 * width; at < end; at += 3) {
        out[at]! += emitted.steady[at]! + emitted.driven[at]! * d;
      }
    }
    i += 3 * width;
  }
}
