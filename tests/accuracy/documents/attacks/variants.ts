import type { DocumentWarningKind } from '../../../../src/shared/domain/document-warning.ts';
import { CARD_SIZES_MM } from '../../../../src/main/inference/documents/contract.ts';
import { seeded, type Seeded } from '../../liveness/seeded.ts';
import { ordinaryShot, photograph, type Photo, type Shot } from './camera.ts';
import { colourCopy, COPY_SCREENS, greyCopy } from './copies.ts';
import { withFinger, withHighlights, withPen, withSticker } from './covers.ts';
import { edited, EDITS } from './edits.ts';
import type { FlatCard } from './flat-card.ts';
import { tableTop, underRoomLight } from './grounds.ts';
import { onScreen, SCREENS } from './screens.ts';
import { photograph as photographOnDesk } from '../degradations/photograph.ts';
import { specimenCard } from './specimen-card.ts';
import { stranger, STRANGERS } from './strangers.ts';
import { cardOn, type Surface } from './surface.ts';

/** One way in which a card comes before the camera. */
export interface Variant {
  readonly name: string;
  /** What must be warned of; null for genuine cards, of which nothing may be warned. */
  readonly expects: DocumentWarningKind | null;
  /** Warnings that this variant may raise besides, because what it shows is true of it too. */
  readonly allows?: readonly DocumentWarningKind[];
  /** Where it isn't the given card that is shown. */
  readonly subject?: (seed: number) => Promise<FlatCard>;
  /** The pages it makes sense for; all when left out. */
  readonly pages?: readonly FlatCard['page'][];
  /** @param other somebody else's card of the same page. */
  readonly render: (card: FlatCard, other: FlatCard, random: Seeded) => Promise<Photo>;
}

function genuine(card: FlatCard, random: Seeded): Surface {
  return underRoomLight(cardOn(card.picture, tableTop(random)), random);
}

function genuineVariant(name: string, changes: (random: Seeded) => Partial<Shot>): Variant {
  return {
    name,
    expects: null,
    render: (card, _, random) => photograph(genuine(card, random), ordinaryShot(random, changes(random)), random),
  };
}

const GENUINE: readonly Variant[] = [
  genuineVariant('plain', () => ({})),
  genuineVariant('mild-blur', (random) => ({ defocus: random.between(0.9, 1.3) })),
  genuineVariant('noise', (random) => ({ noise: random.between(4, 8) })),
  genuineVariant('warm-light', (random) => {
    const exposure = random.between(0.6, 0.85);
    return { gains: [exposure * 1.18, exposure, exposure * random.between(0.55, 0.75)] };
  }),
  genuineVariant('cold-light', (random) => {
    const exposure = random.between(0.6, 0.85);
    return { gains: [exposure * 0.82, exposure, exposure * 1.15] };
  }),
  genuineVariant('dark', (random) => {
    const exposure = random.between(0.25, 0.45);
    return { gains: [exposure, exposure, exposure], noise: random.between(2, 5) };
  }),
  genuineVariant('strong-jpeg', () => ({ jpegQuality: 60 })),
  genuineVariant('sharpened', (random) => ({ sharpening: random.between(1, 1.6) })),
  genuineVariant('large', () => ({ width: 2048, height: 1536 })),
  ...(['none', 'mild'] as const).map((level): Variant => ({
    name: `on a desk, ${level}`,
    expects: null,
    render: async (card, _, random) => {
      const seed = Math.floor(random.between(0, 1e6));
      const { picture, corners } = await photographOnDesk(card.picture, seed, { level, turned: 0 });
      return { frame: picture, corners };
    },
  })),
];

function copyVariants(): readonly Variant[] {
  return COPY_SCREENS.flatMap((screen) =>
    [0, 30].map((marginMm): Variant => ({
      name: `copy ${screen}${marginMm > 0 ? ' on its sheet' : ''}`,
      expects: 'copy',
      render: async (card, _, random) => {
        const surface = await colourCopy(card.picture, screen, { random, ground: tableTop(random), marginMm });
        return photograph(underRoomLight(surface, random), ordinaryShot(random), random);
      },
    })),
  );
}

const GREY_COPIES: readonly Variant[] = (['dots', 'continuous'] as const).map((screen) => ({
  name: `grey copy ${screen}`,
  expects: 'black-and-white-copy',
  allows: ['copy'],
  render: async (card, _, random) => {
    const marginMm = random.pick([0, 30]);
    const surface = await greyCopy(card.picture, screen, { random, ground: tableTop(random), marginMm });
    return photograph(underRoomLight(surface, random), ordinaryShot(random), random);
  },
}));

const RECAPTURES: readonly Variant[] = SCREENS.flatMap((kind) =>
  [true, false].map((bezel): Variant => ({
    name: `recapture ${kind}${bezel ? ' with its case' : ''}`,
    expects: 'recapture',
    render: (card, _, random) =>
      photograph(onScreen(card.picture, { random, kind, bezel }), ordinaryShot(random), random),
  })),
).concat({
  name: 'recapture little moiré',
  expects: 'recapture',
  render: (card, _, random) =>
    photograph(
      onScreen(card.picture, { random, kind: 'fine-phone', bezel: false }),
      ordinaryShot(random, { defocus: random.between(1.1, 1.4) }),
      random,
    ),
});

const EDITED: readonly Variant[] = EDITS.map((edit) => ({
  name: `edited ${edit}`,
  expects: 'edited',
  pages: edit === 'portrait' ? ['id-card-front'] : ['id-card-front', 'id-card-back'],
  render: async (card, other, random) =>
    edited(await photograph(genuine(card, random), ordinaryShot(random), random), card, other, edit, random),
}));

function coveredVariant(
  name: string,
  kind: DocumentWarningKind,
  cover: (surface: Surface, random: Seeded) => Surface,
): Variant {
  return {
    name,
    expects: kind,
    render: (card, _, random) => photograph(cover(genuine(card, random), random), ordinaryShot(random), random),
  };
}

const COVERED: readonly Variant[] = [
  coveredVariant('finger', 'occlusion', (surface, random) => withFinger(surface, random)),
  coveredVariant('sticker', 'occlusion', withSticker),
  coveredVariant('pen', 'occlusion', withPen),
  coveredVariant('glare small', 'glare', (surface, random) => withHighlights(surface, random, 'small')),
  coveredVariant('glare large', 'glare', (surface, random) => withHighlights(surface, random, 'large')),
  coveredVariant('glare several', 'glare', (surface, random) => withHighlights(surface, random, 'several')),
];

/** Moves the card over one or two of the picture's borders. */
function cutShot(random: Seeded, sides: 1 | 2): Shot {
  const shot = ordinaryShot(random);
  const share = (): number => random.between(0.03, 0.12);
  const width = shot.corners[1][0] - shot.corners[0][0];
  const height = (width * CARD_SIZES_MM['ID-1'].height) / CARD_SIZES_MM['ID-1'].width;
  const beside = sides === 2 || random.chance(0.5);
  const xs = shot.corners.map(([x]) => x);
  const ys = shot.corners.map(([, y]) => y);
  const toLeft = random.chance(0.5);
  const toTop = random.chance(0.5);
  const dx = !beside ? 0 : toLeft ? -Math.min(...xs) - share() * width : shot.width - Math.max(...xs) + share() * width;
  const down = sides === 2 || !beside;
  const dy = !down ? 0 : toTop ? -Math.min(...ys) - share() * height : shot.height - Math.max(...ys) + share() * height;
  const [a, b, c, d] = shot.corners.map(([x, y]): readonly [number, number] => [
    x + dx,
    y + dy,
  ]) as unknown as Shot['corners'];
  return { ...shot, corners: [a, b, c, d] };
}

const CUT: readonly Variant[] = ([1, 2] as const).map((sides) => ({
  name: `cut ${sides} side${sides > 1 ? 's' : ''}`,
  expects: 'border-cut',
  allows: ['occlusion'],
  render: (card, _, random) => photograph(genuine(card, random), cutShot(random, sides), random),
}));

const BLURRED: readonly Variant[] = [
  {
    name: 'defocus',
    expects: 'blur',
    render: (card, _, random) =>
      photograph(genuine(card, random), ordinaryShot(random, { defocus: random.between(2.6, 5) }), random),
  },
  {
    name: 'motion',
    expects: 'blur',
    render: (card, _, random) => {
      const angle = random.between(0, Math.PI);
      const length = random.between(9, 20);
      const motion = [length * Math.cos(angle), length * Math.sin(angle)] as const;
      return photograph(genuine(card, random), ordinaryShot(random, { motion }), random);
    },
  },
];

function shownPlainly(
  name: string,
  expects: DocumentWarningKind,
  subject: (seed: number) => Promise<FlatCard>,
): Variant {
  return {
    name,
    expects,
    subject,
    render: (card, _, random) => photograph(genuine(card, random), ordinaryShot(random), random),
  };
}

const OTHER_CARDS: readonly Variant[] = [
  shownPlainly('temporary card', 'temporary', (seed) => specimenCard(seed, 'front', { variant: 'temporary' })),
  shownPlainly('expired card', 'expired', (seed) => specimenCard(seed, 'back', { expired: true })),
  ...STRANGERS.map((kind) => shownPlainly(kind, 'not-a-card', (seed) => stranger(kind, seed))),
];

/** Every way, genuine first. */
export const VARIANTS: readonly Variant[] = [
  ...GENUINE,
  ...copyVariants(),
  ...GREY_COPIES,
  ...RECAPTURES,
  ...EDITED,
  ...COVERED,
  ...CUT,
  ...BLURRED,
  ...OTHER_CARDS,
];

/** One photograph; the same for the same card, variant and seed. */
export function rendered(variant: Variant, card: FlatCard, other: FlatCard, seed: number): Promise<Photo> {
  return variant.render(card, other, seeded('variant', variant.name, seed));
}
