import type { CardBox } from '../../../../src/shared/domain/document-reading.ts';
import {
  RECTIFIED_WIDTH,
  type JudgedDocument,
  type Quad,
  type ReadLine,
} from '../../../../src/main/inference/documents/contract.ts';
import { cutOut, type Photo } from './camera.ts';
import type { FlatCard } from './flat-card.ts';

const HEIGHT = 638;

/**
 * What a judge would be given if the card had been found and read without a mistake: the warnings measured alone, apart
 * from the reading.
 */
export function judgedPhoto(photo: Photo, card: FlatCard, today: string): JudgedDocument {
  const { frame, corners } = photo;
  const sourceWidth = Math.hypot(corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]);
  return {
    page: card.page,
    card: {
      picture: cutOut(photo, RECTIFIED_WIDTH, HEIGHT),
      size: 'ID-1',
      source: frame,
      quad: corners,
      cut: 0,
      sourceWidth,
    },
    lines: card.lines.map(({ text, box }) => lineAt(text, box)),
    fields: Object.fromEntries(
      Object.entries(card.fields).map(([name, { text, box }]) => [name, { text, confidence: 1, doubt: null, box }]),
    ),
    face: card.face && inPixels(card.face),
    today,
  };
}

function inPixels({ x, y, width, height }: CardBox): CardBox {
  return { x: x * RECTIFIED_WIDTH, y: y * HEIGHT, width: width * RECTIFIED_WIDTH, height: height * HEIGHT };
}

function lineAt(text: string, box: CardBox): ReadLine {
  const { x, y, width, height } = inPixels(box);
  const quad: Quad = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  const characters = [...text].map((char, i, all) => ({
    text: char,
    confidence: 1,
    at: (i + 0.5) / all.length,
    others: [],
  }));
  return { region: { quad, score: 1 }, text, characters };
}
