import sharp from 'sharp';
import { NEUTRAL_RGB, type LightChallenge } from '../../../src/shared/domain/challenge.ts';
import { fadeShare, mixedLight } from '../../../src/shared/domain/light-field.ts';
import { toLinear, toSrgb, type LinearRgb } from '../../../src/shared/domain/linear-light.ts';
import type { PixelBox } from '../../../src/shared/domain/liveness.ts';

/** The light of a still as a share of what the screen adds to it. */
const AMBIENT = 0.7;

/** Decoded part of a still. */
export interface StillPart {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly face: PixelBox;
}

/** A part of a still around a face, wider than it by 0.4 of its width at each side, `width` pixels wide. */
export async function faceCrop(image: Uint8Array, face: PixelBox, width: number): Promise<StillPart> {
  const part = {
    left: Math.max(0, Math.round(face.x - 0.4 * face.width)),
    top: Math.max(0, Math.round(face.y - 0.05 * face.height)),
    width: Math.round(1.8 * face.width),
    height: Math.round(1.1 * face.height),
  };
  const { data, info } = await sharp(image)
    .extract(part)
    .resize(width)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const scale = info.width / part.width;
  const inside = {
    x: (face.x - part.left) * scale,
    y: (face.y - part.top) * scale,
    width: face.width * scale,
    height: face.height * scale,
  };
  return { rgb: new Uint8Array(data), width: info.width, height: info.height, face: inside };
}

/** What the screen shows at a time from the challenge's begin, linear. */
export function screenLightAt({ colours, fadeMs = 0 }: LightChallenge, timeMs: number): LinearRgb {
  const last = colours.at(-1)!;
  const cues = [...colours, { rgb: NEUTRAL_RGB, startMs: last.startMs + last.durationMs }];
  const index = cues.findLastIndex((cue) => timeMs >= cue.startMs);
  if (index < 0) return toLinear(NEUTRAL_RGB);
  const from = index === 0 ? NEUTRAL_RGB : cues[index - 1]!.rgb;
  return mixedLight(toLinear(from), toLinear(cues[index]!.rgb), fadeShare(timeMs - cues[index]!.startMs, fadeMs));
}

/** The same pixels under the screen's light, with a little noise that `seed` decides. */
export function litBy(rgb: Uint8Array, light: LinearRgb, seed: number): Uint8Array {
  const lit = new Uint8Array(rgb.length);
  let state = (seed * 2_654_435_761) >>> 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const linear = toLinear([rgb[at]!, rgb[at + 1]!, rgb[at + 2]!]);
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = 1 + 0.02 * (state / 4_294_967_296 - 0.5);
    const shade = ([0, 1, 2] as const).map((c) => Math.min(1, linear[c] * (AMBIENT + 0.5 * light[c]) * noise));
    lit.set(toSrgb([shade[0]!, shade[1]!, shade[2]!]), at);
  }
  return lit;
}
