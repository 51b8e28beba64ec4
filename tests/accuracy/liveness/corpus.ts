import type { DisplayLog, LightChallenge } from '../../../src/shared/domain/challenge.ts';
import type { LightFrame } from '../../../src/shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../../src/shared/domain/terminal-calibration.ts';
import {
  issueLightChallenge,
  LIGHT_SLOTS,
  type LightPalette,
  type LightSlots,
} from '../../../src/main/liveness/light-challenge.ts';
import {
  genuineScene,
  prepareAttack,
  splitOfVariant,
  variantsOf,
  type AttackScene,
  type Presentation,
  type Split,
} from './attacks.ts';
import { drawRoom } from './clip-lighting.ts';
import { recordFrames } from './clip-recorder.ts';
import type { Identity } from './person.ts';
import { playOnPanel, type ScreenTimeline } from './screen-timeline.ts';
import { seeded, type Seeded } from './seeded.ts';
import { calibrationOf, drawTerminal, type SimulatedTerminal } from './terminal.ts';

export { ATTACK_KINDS, UNGATED_KINDS, variantsOf, type AttackKind, type Presentation, type Split } from './attacks.ts';
export { loadIdentities, type IdentityRequest } from './identities.ts';
export type { Identity } from './person.ts';

/** One recording to make. What isn't given is drawn from the seed. */
export interface ClipRequest {
  readonly seed: number | string;
  readonly identity: Identity;
  readonly attack: Presentation;
  /** Whoever takes over in `second-person`; needed there. */
  readonly other?: Identity;
  readonly variant?: string;
  readonly palette?: LightPalette;
  readonly slots?: LightSlots;
  readonly ambientLux?: number;
  /** Longer side of the crop, pixels; the kiosk's is at most 160. */
  readonly cropSide?: number;
  /** `tracked` (the default) has a mesh model's errors, `true` has none; on every third frame. */
  readonly mesh?: 'tracked' | 'true' | 'none';
}

/** What the judge must not be told. */
export interface ClipTruth {
  readonly attack: Presentation;
  readonly variant: string | null;
  readonly split: Split;
  readonly identity: string;
  readonly ambientLux: number;
  /** Reflectance of the skin in green, linear. */
  readonly skinGreen: number;
  readonly lagMs: number;
  readonly addedLagMs: number;
  readonly locked: boolean;
  readonly palette: LightPalette;
}

/** A recording as the light judge gets it. */
export interface SimulatedClip {
  readonly challenge: LightChallenge;
  readonly display: DisplayLog;
  readonly frames: readonly LightFrame[];
  readonly calibration: TerminalCalibration;
  readonly truth: ClipTruth;
}

/** By name alone, so that a person stays in the same half whatever else is loaded. */
function halfOf(person: string): Split {
  return seeded('half', person).uniform() < 0.5 ? 'development' : 'test';
}

/**
 * The half of the corpus that a presentation belongs to: by the person whose photo it is, and for attacks by the
 * instrument too. The instruments of the development half are used in the test half as well, on other persons; null
 * where an instrument that is kept back meets a person of the development half.
 */
export function splitOf(identity: Identity, attack: Presentation, variant?: string): Split | null {
  const half = halfOf(identity.person);
  if (attack === 'genuine' || variant === undefined || half === 'test') return half;
  return splitOfVariant(attack, variant) === 'test' ? null : 'development';
}

const FIRST_SHOWN_MS = 1_000;
/** Screen and page are a little off the issued times; the display log says when. */
const DISPLAY_JITTER_MS = 3;
const LOG_ERROR_MS = 1.5;

interface ShownChallenge {
  readonly display: DisplayLog;
  readonly timeline: ScreenTimeline;
}

function show(challenge: LightChallenge, terminal: SimulatedTerminal, random: Seeded): ShownChallenge {
  const last = challenge.colours.at(-1)!;
  const startsMs = [...challenge.colours.map(({ startMs }) => startMs), last.startMs + last.durationMs];
  const display = startsMs.map((startMs, index) => ({
    index,
    shownAtMs: FIRST_SHOWN_MS + startMs + Math.max(-8, Math.min(8, random.normal(0, DISPLAY_JITTER_MS))),
  }));
  const edgesMs = display.map(({ shownAtMs }) => shownAtMs + random.normal(0, LOG_ERROR_MS));
  return { display, timeline: playOnPanel(challenge, edgesMs, terminal.panel) };
}

function sceneOf(request: ClipRequest, variant: string | null, random: Seeded): AttackScene {
  const { identity, attack, other } = request;
  if (attack !== 'genuine') {
    if (attack === 'second-person' && !other) throw new Error('a second person needs another identity');
    return prepareAttack(attack, variant!, { identity, other: other ?? identity }, random);
  }
  return genuineScene(identity);
}

function variantOf({ attack, variant, identity }: ClipRequest, random: Seeded): string | null {
  if (attack === 'genuine') return null;
  return variant ?? random.pick(variantsOf(attack, halfOf(identity.person)));
}

/** Simulates one recording. The same request gives the same bytes. */
export function simulateClip(request: ClipRequest): SimulatedClip {
  const { identity, attack, palette = 'vivid', slots = LIGHT_SLOTS[0] } = request;
  const random = seeded('clip', request.seed, identity.id, attack);
  const terminal = drawTerminal(random);
  const room = drawRoom(random, request.ambientLux);
  const issue = (): LightChallenge =>
    issueLightChallenge({ randomBytes: (count) => random.bytes(count), palette, slots });
  const challenge = issue();
  const shown = show(challenge, terminal, random);
  const variant = variantOf(request, random);
  const scene = sceneOf(request, variant, random);
  const other = scene.drivenBy === 'other-challenge' ? show(issue(), terminal, random).timeline : null;
  const driven = scene.drivenBy === 'challenge' ? shown.timeline : other;
  const emits = scene.subject.parts.some(({ material }) => material.emission);
  // An injected face is lit by the attacker's own light; an injected flat picture is coloured, not lit.
  const screen = !scene.injected ? shown.timeline : emits ? null : driven;
  const frames = recordFrames({
    scene,
    room,
    terminal,
    timelines: {
      screen,
      driven,
      addedLagMs: scene.addedLagMs,
      screenAddedLagMs: scene.injected ? scene.addedLagMs : 0,
    },
    fromMs: FIRST_SHOWN_MS - 60,
    toMs: shown.display.at(-1)!.shownAtMs + challenge.tailMs + terminal.lagMs + 40,
    cropSide: request.cropSide ?? 160,
    mesh: request.mesh ?? 'tracked',
    random,
  });
  return {
    challenge,
    display: shown.display,
    frames,
    calibration: calibrationOf(terminal, random),
    truth: {
      attack,
      variant,
      split: halfOf(identity.person),
      identity: identity.id,
      ambientLux: room.ambientLux,
      skinGreen: identity.skin[1],
      lagMs: terminal.lagMs,
      addedLagMs: scene.addedLagMs,
      locked: terminal.locked,
      palette,
    },
  };
}
