import type { CardBox } from '../../../../src/shared/domain/document-reading.ts';
import type { CardSide, Specimen, SpecimenOptions } from '../specimens/id-card.ts';
import { drawIdCard } from '../specimens/id-card.ts';
import type { FlatCard } from './flat-card.ts';

/** Captions and titles that stand beside the fields; where exactly doesn't matter to a judge. */
const CAPTIONS: Readonly<Record<CardSide, readonly string[]>> = {
  front: ['姓名', '性别', '民族', '出生', '住址', '公民身份号码'],
  back: ['中华人民共和国', '居民身份证', '签发机关', '有效期限'],
};

/** A synthetic person's card with what is printed on it. */
export async function specimenCard(seed: number, side: CardSide, options: SpecimenOptions = {}): Promise<FlatCard> {
  return flatCardOf(await drawIdCard(seed, side, options), options.variant === 'temporary');
}

function flatCardOf({ side, picture, fields, boxes, portrait }: Specimen, temporary: boolean): FlatCard {
  const printed = Object.entries(fields).map(
    ([name, text]) => [name, { text, box: boxes[name as keyof typeof boxes]! }] as const,
  );
  const nowhere: CardBox = { x: 0.05, y: 0.02, width: 0.2, height: 0.06 };
  const captions = temporary ? ['临时居民身份证', ...CAPTIONS[side]] : CAPTIONS[side];
  return {
    page: side === 'front' ? 'id-card-front' : 'id-card-back',
    picture,
    lines: [...captions.map((text) => ({ text, box: nowhere })), ...printed.map(([, line]) => line)],
    fields: Object.fromEntries(printed),
    face: portrait && faceIn(portrait),
  };
}

/** The face itself fills about the middle of a portrait. */
function faceIn({ x, y, width, height }: CardBox): CardBox {
  return { x: x + 0.22 * width, y: y + 0.22 * height, width: 0.56 * width, height: 0.56 * height };
}

/** Which side a seed shows: every fourth the issuer's, so that both halves of the seeds have both. */
export function sideOf(seed: number): CardSide {
  return Math.floor(seed / 2) % 4 === 3 ? 'back' : 'front';
}

/** A seed's card and somebody else's. */
export async function specimenPair(seed: number): Promise<readonly [card: FlatCard, other: FlatCard]> {
  return [await specimenCard(seed, sideOf(seed)), await specimenCard(seed + 50_000, sideOf(seed))];
}
