import type { Identity } from './person.ts';
import { personSubject, skinMaterial } from './person.ts';
import { carrierSubject, emissive, FLAT, maskSubject, printed, type Bend, type ScreenLook } from './carriers.ts';
import { takePicture } from './picture.ts';
import type { Material, Subject } from './scene.ts';
import type { Seeded } from './seeded.ts';
import { mapVector, type Vector3 } from './vector.ts';

export const ATTACK_KINDS = [
  'print-flat',
  'print-curved',
  'paper-mask',
  'phone-replay',
  'tablet-replay',
  'old-code-replay',
  'guessed-code',
  'tint-relay',
  'relit-injection',
  'second-person',
  'mask-3d',
] as const;
export type AttackKind = (typeof ATTACK_KINDS)[number];
export type Presentation = AttackKind | 'genuine';

/** Light can't tell a mask of the true shape from the face: it is counted, and bound to nothing. */
export const UNGATED_KINDS: ReadonlySet<AttackKind> = new Set(['mask-3d']);

export type Split = 'development' | 'test';

/** Instruments of each kind. Those of the second list are met in the test half only. */
const VARIANTS: Readonly<Record<AttackKind, readonly [readonly string[], readonly string[]]>> = {
  'print-flat': [
    ['matte', 'tilted'],
    ['glossy', 'far-tilted'],
  ],
  'print-curved': [['cylinder'], ['tight-cylinder', 'level-axis', 'wavy']],
  'paper-mask': [['bent'], ['cone', 'folded-nose']],
  'phone-replay': [['lcd'], ['oled']],
  'tablet-replay': [['lcd'], ['bright']],
  'old-code-replay': [['tablet'], ['phone', 'dim']],
  'guessed-code': [['relit'], ['strong']],
  'tint-relay': [['screen'], ['injected', 'background-kept']],
  'relit-injection': [['late'], ['quick']],
  'second-person': [['swap'], ['other-distance']],
  'mask-3d': [['matte'], ['glossy', 'shallow']],
};

/** The instruments that a half of the corpus may use; the test half also has those of the development half. */
export function variantsOf(kind: AttackKind, split: Split): readonly string[] {
  const [known, unseen] = VARIANTS[kind];
  return split === 'development' ? known : [...known, ...unseen];
}

/** Which half an attack belongs to: an instrument that is kept back is never in the development half. */
export function splitOfVariant(kind: AttackKind, variant: string): Split {
  return VARIANTS[kind][1].includes(variant) ? 'test' : 'development';
}

/** The light that an attack's picture follows. */
export type DrivenBy = 'nothing' | 'challenge' | 'other-challenge';

export interface AttackScene {
  readonly subject: Subject;
  /** Takes the subject's place in the middle of the clip. */
  readonly successor: Subject | null;
  /** The successor stands this much nearer, metres. */
  readonly successorNearerM: number;
  /** How near it is held: distance from the camera as a share of a person's. */
  readonly nearness: number;
  /** What drives the emission of a carrier or, for an injection, the whole picture's light. */
  readonly drivenBy: DrivenBy;
  /** The whole picture is made by a computer: no light of the true screen is in it. */
  readonly injected: boolean;
  /** From the screen to the attacker's answer, on top of the kiosk's own lag. */
  readonly addedLagMs: number;
}

const STILL = {
  successor: null,
  successorNearerM: 0,
  nearness: 1,
  drivenBy: 'nothing',
  injected: false,
  addedLagMs: 0,
} as const;

const A4: Readonly<Record<'width' | 'height', number>> = { width: 0.21, height: 0.297 };
const TABLET = { width: 0.2, height: 0.26 } as const;
const PHONE = { width: 0.075, height: 0.155 } as const;
/** A face fills a phone's width, so it is held this much nearer. */
const PHONE_SCALE = 0.42;

function ink(random: Seeded): Vector3 {
  return mapVector(() => random.between(0.85, 1));
}

function print(identity: Identity, variant: string, bend: Bend, random: Seeded): AttackScene {
  const picture = takePicture(identity, `${random.uniform()}`);
  const gloss =
    variant === 'glossy' ? random.between(0.03, 0.06) : random.chance(0.6) ? 0 : random.between(0.005, 0.02);
  const material = printed(picture, ink(random), random.between(0.85, 1.2), gloss);
  const size = random.chance(0.5) ? A4 : { width: A4.height, height: 2 * A4.width };
  return { ...STILL, subject: carrierSubject(picture, { scale: random.between(0.9, 1.15), ...size }, bend, material) };
}

function tilt(random: Seeded, deviation: number): Bend {
  const [across, down] = [random.normal(0, deviation), random.normal(0, deviation)];
  return (x, y) => x * across + y * down;
}

function bendOf(variant: string, random: Seeded): Bend {
  const radius = variant === 'tight-cylinder' ? random.between(0.08, 0.12) : random.between(0.12, 0.25);
  const centre = random.normal(0, 0.015);
  const lean = random.normal(0, 0.12);
  const arc = (offset: number): number => {
    const reach = Math.min(0.95 * radius, Math.abs(offset - centre));
    return Math.sqrt(radius * radius - reach * reach) - radius;
  };
  if (variant === 'level-axis') return (x, y) => arc(y) + lean * x;
  if (variant !== 'wavy') return (x, y) => arc(x) + lean * y;
  const [length, height, phase] = [random.between(0.06, 0.15), random.between(0.003, 0.01), random.between(0, 6)];
  return (x, y) => height * Math.sin((2 * Math.PI * (x + 0.3 * y)) / length + phase) + lean * y;
}

function screenLook(variant: string, random: Seeded): ScreenLook {
  const bright = variant === 'bright' || variant === 'oled';
  return {
    luminance: bright
      ? random.between(500, 900)
      : variant === 'dim'
        ? random.between(80, 150)
        : random.between(150, 500),
    haze: random.between(0.004, 0.02),
    mirror: random.between(0.005, 0.045),
    sharpness: random.pick([80, 200, 400]),
  };
}

function replay(
  identity: Identity,
  device: 'phone' | 'tablet',
  variant: string,
  shares: { steady: number; driven: 'relit' | number },
  random: Seeded,
): AttackScene {
  const picture = takePicture(identity, `${random.uniform()}`);
  const scale = device === 'phone' ? PHONE_SCALE : random.between(0.85, 1.1);
  const size = device === 'phone' ? PHONE : TABLET;
  const material = emissive(picture, screenLook(variant, random), shares);
  const subject = carrierSubject(picture, { scale, ...size }, tilt(random, 0.12), material);
  return { ...STILL, subject, nearness: device === 'phone' ? scale : 1 };
}

function mask3d(identity: Identity, variant: string, random: Seeded): Subject {
  const skin = skinMaterial(identity);
  const tint = random.between(0.8, 1.2);
  const gloss = skin.gloss * (variant === 'glossy' ? random.between(1.5, 2.5) : random.between(0.5, 1.2));
  const material: Material = { ...skin, gain: mapVector((c) => skin.gain[c] * tint), scatter: [0.1, 0.1, 0.1], gloss };
  return personSubject(identity, { material, shape: identity.shape });
}

/** A sheet's relief as a share of the face's, everywhere and at the nose: from … to. */
const RELIEF: Readonly<
  Record<string, readonly [everywhere: readonly [number, number], nose: readonly [number, number]]>
> = {
  bent: [
    [0, 0.06],
    [0, 0],
  ],
  cone: [
    [0.06, 0.15],
    [0, 0],
  ],
  'folded-nose': [
    [0, 0.06],
    [0.4, 0.8],
  ],
  shallow: [
    [0.2, 0.5],
    [0, 0],
  ],
};

function paperMask(identity: Identity, variant: string, random: Seeded): Subject {
  const [everywhere, nose] = RELIEF[variant]!;
  const relief = { everywhere: random.between(...everywhere), nose: random.between(...nose) };
  return maskSubject(identity, printedSkin(identity, random), relief);
}

/** Somebody in front of the kiosk. */
export function genuineScene(identity: Identity): AttackScene {
  return { ...STILL, subject: personSubject(identity) };
}

/** Prepares an attack on the person `identity`; `other` is whoever takes over in `second-person`. */
export function prepareAttack(
  kind: AttackKind,
  variant: string,
  people: { readonly identity: Identity; readonly other: Identity },
  random: Seeded,
): AttackScene {
  const { identity, other } = people;
  const person = genuineScene(identity);
  switch (kind) {
    case 'print-flat': {
      const bend = variant === 'matte' ? FLAT : tilt(random, variant === 'far-tilted' ? 0.35 : 0.12);
      return print(identity, variant, bend, random);
    }
    case 'print-curved':
      return print(identity, variant, bendOf(variant, random), random);
    case 'paper-mask':
      return { ...STILL, subject: paperMask(identity, variant, random) };
    case 'phone-replay':
      return replay(identity, 'phone', variant, { steady: 1, driven: 0 }, random);
    case 'tablet-replay':
      return replay(identity, 'tablet', variant, { steady: 1, driven: 0 }, random);
    case 'old-code-replay': {
      const device = variant === 'phone' ? 'phone' : 'tablet';
      const shares = { steady: random.between(0.3, 0.8), driven: 'relit' as const };
      return { ...replay(identity, device, variant, shares, random), drivenBy: 'other-challenge' };
    }
    case 'guessed-code':
      return { ...person, drivenBy: 'other-challenge', injected: true, addedLagMs: random.between(0, 40) };
    case 'tint-relay':
      return tintRelay(identity, variant, random);
    case 'relit-injection': {
      const addedLagMs = variant === 'quick' ? random.between(60, 120) : random.between(90, 350);
      return { ...person, drivenBy: 'challenge', injected: true, addedLagMs };
    }
    case 'second-person':
      return {
        ...person,
        successor: personSubject(other),
        successorNearerM: variant === 'swap' ? 0 : random.between(-0.05, 0.03),
      };
    case 'mask-3d':
      return {
        ...STILL,
        subject: variant === 'shallow' ? paperMask(identity, variant, random) : mask3d(identity, variant, random),
      };
  }
}

/** The person's own picture as ink on paper: the shade of the room that it was taken in stays. */
function printedSkin(identity: Identity, random: Seeded): Material {
  const skin = skinMaterial(identity);
  const shade = ink(random);
  return {
    ...skin,
    gain: mapVector((c) => skin.gain[c] * shade[c] * random.between(0.9, 1.1)),
    scatter: [0, 0, 0],
    gloss: random.chance(0.6) ? 0.002 : random.between(0.005, 0.02),
    sharpness: 60,
  };
}

/** A flat picture coloured evenly by what the attacker's camera saw of the challenge. */
function tintRelay(identity: Identity, variant: string, random: Seeded): AttackScene {
  const tinted = random.between(0.25, 0.6);
  const shares = { steady: 1 - tinted, driven: 2 * tinted };
  const addedLagMs = random.between(90, 400);
  const scene = replay(identity, 'tablet', 'lcd', shares, random);
  if (variant === 'screen') return { ...scene, drivenBy: 'challenge', addedLagMs };
  // Put into the video stream, where no glass mirrors the room; with the whole picture coloured or the face alone.
  const { parts, ...rest } = scene.subject;
  const bare = parts.map((part) => ({ ...part, material: { ...part.material, gloss: 0 } }));
  const injected = variant === 'injected';
  return { ...scene, subject: { ...rest, parts: bare }, drivenBy: 'challenge', addedLagMs, injected };
}
