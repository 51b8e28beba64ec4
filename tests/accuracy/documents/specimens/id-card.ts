import sharp, { type OverlayOptions } from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { CardBox, IdCardField } from '../../../../src/shared/domain/document-reading.ts';
import { seeded } from '../../liveness/seeded.ts';
import { SPECIMEN } from './card-ink.ts';
import { drawIssuerSide, drawParticulars, PORTRAIT_BOX, type FieldBoxes } from './card-sides.ts';
import { PAPERS, paper } from './paper.ts';
import { drawPerson, type CardVariant, type SyntheticPerson } from './person.ts';
import { printedPortrait } from './portraits.ts';

export type CardSide = 'front' | 'back';

export interface SpecimenOptions {
  /** Default: a resident's card. */
  readonly variant?: CardVariant;
  /** Default false: valid on `SPECIMEN_TODAY`. */
  readonly expired?: boolean;
  /** `drawn` needs no prepared media. Default: `still` where they are there. */
  readonly face?: 'still' | 'drawn';
  /** Replaces particulars, for example to print a wrong digit. */
  readonly person?: Partial<SyntheticPerson>;
}

/** A flat specimen, edge to edge, and everything that it says. */
export interface Specimen {
  readonly seed: number;
  readonly side: CardSide;
  readonly picture: Frame;
  readonly person: SyntheticPerson;
  /** What a reading of this side should give, by field. */
  readonly fields: Readonly<Partial<Record<IdCardField, string>>>;
  /** Where the values stand, relative to the card. */
  readonly boxes: Readonly<FieldBoxes>;
  readonly portrait: CardBox | null;
  /** The mark that tells it from a card. */
  readonly mark: CardBox;
}

/**
 * Draws one side of a synthetic person's card, the same for the same seed. `front` is the side with the portrait.
 *
 * @param seed even: to choose limits with; odd: to report on.
 */
export async function drawIdCard(seed: number, side: CardSide, options: SpecimenOptions = {}): Promise<Specimen> {
  const person = { ...drawPerson(seed, options.variant, options.expired), ...options.person };
  const random = seeded(seed, 'layout', side);
  const drawn = side === 'front' ? drawParticulars(person, random) : drawIssuerSide(person, random);
  const { width, height } = SPECIMEN;
  const layers: OverlayOptions[] = [{ input: drawn.ink.svg(), left: 0, top: 0 }];
  if (side === 'front') {
    const left = Math.round(PORTRAIT_BOX.x * width);
    const top = Math.round(PORTRAIT_BOX.y * height);
    const size = [Math.round(PORTRAIT_BOX.width * width), Math.round(PORTRAIT_BOX.height * height)] as const;
    const face = await printedPortrait(person.sex, random.uniform(), ...size, options.face);
    layers.unshift({ input: Buffer.from(face), left, top });
  }
  const background = await paper(Math.floor(random.uniform() * PAPERS), width, height);
  const rgb = await sharp(background).composite(layers).removeAlpha().raw().toBuffer();
  return {
    seed,
    side,
    picture: { width, height, rgb },
    person,
    fields: printedFields(person, drawn.boxes),
    boxes: drawn.boxes,
    portrait: side === 'front' ? PORTRAIT_BOX : null,
    mark: drawn.mark,
  };
}

function printedFields(person: SyntheticPerson, boxes: FieldBoxes): Specimen['fields'] {
  const fields: Partial<Record<IdCardField, string>> = {};
  for (const field of Object.keys(boxes) as IdCardField[]) {
    const value = person[field];
    if (value !== null) fields[field] = value;
  }
  return fields;
}
