import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/main/inference/frame.ts';
import type { DocumentPage } from '../../../src/shared/domain/document-reading.ts';
import { photograph } from '../../accuracy/documents/degradations/photograph.ts';
import { openReader, type MeasuredReader } from '../../accuracy/documents/open-reader.ts';
import {
  emptyDesk,
  fortyPagePdf,
  menu,
  phoneShowing,
  twoCards,
} from '../../accuracy/documents/specimens/bad-pictures.ts';
import { drawIdCard } from '../../accuracy/documents/specimens/id-card.ts';
import { SPECIMEN_TODAY } from '../../accuracy/documents/specimens/person.ts';
import { drawPage } from '../../accuracy/documents/zones/page.ts';
import { zoneSpecimen } from '../../accuracy/documents/zones/people.ts';

let reader: MeasuredReader;
let front: Frame;
let back: Frame;

beforeAll(async () => {
  reader = await openReader(1);
  front = (await drawIdCard(1, 'front', { face: 'drawn' })).picture;
  back = (await drawIdCard(1, 'back')).picture;
});
afterAll(() => reader.release());

/** `read`, or the code that it was refused with. */
async function outcome(image: Uint8Array, page: DocumentPage): Promise<string> {
  const reading = await reader.readDocument({ image, page, today: SPECIMEN_TODAY });
  return reading.ok ? 'read' : reading.error.code;
}

async function photo(picture: Frame): Promise<Uint8Array> {
  return (await photograph(picture, 1, { level: 'none', desk: 'mat' })).jpeg;
}

describe('pictures that no ID card can be read from', () => {
  it('says that there is no card on an empty desk', async () => {
    expect(await outcome(await emptyDesk(), 'id-card-front')).toBe('document.no-card');
  });

  it('asks for one card where two lie side by side', async () => {
    expect(await outcome(await twoCards(front, back), 'id-card-front')).toBe('document.several-cards');
  });

  it('asks for the other side, either way', async () => {
    expect(await outcome(await photo(back), 'id-card-front')).toBe('document.wrong-side');
    expect(await outcome(await photo(front), 'id-card-back')).toBe('document.wrong-side');
  });

  it('takes an ID card for neither a bank card nor a passport', { timeout: 60_000 }, async () => {
    expect(await outcome(await photo(front), 'bank-card')).toBe('document.wrong-kind');
    expect(await outcome(await photo(front), 'travel-document')).toBe('document.wrong-kind');
  });

  it('takes a passport for no ID card', async () => {
    const page = await drawPage(zoneSpecimen(1, 'TD3'), 1, { pixelsPerMm: 12 });
    expect(await outcome(await photo(page), 'id-card-front')).toMatch(/^document\.(wrong-kind|not-a-card)$/);
  });

  it('takes a menu for no card', async () => {
    expect(await outcome(await menu(), 'id-card-front')).toMatch(/^document\.(not-a-card|no-card)$/);
  });

  it('refuses a file of forty pages, half a picture and a picture of 200 pixels', async () => {
    const jpeg = await photo(front);
    const small = await sharp(jpeg).resize(200).jpeg().toBuffer();
    expect(await outcome(fortyPagePdf(), 'id-card-front')).toBe('document.file-unsupported');
    expect(await outcome(jpeg.slice(0, jpeg.length / 2), 'id-card-front')).toBe('document.file-damaged');
    expect(await outcome(new Uint8Array(small), 'id-card-front')).toBe('document.too-small');
  });
});

describe('pictures that an ID card can be read from all the same', () => {
  it('reads one of twelve megapixels', async () => {
    const large = await sharp(await photo(front))
      .resize(4000, 3000, { fit: 'cover' })
      .jpeg()
      .toBuffer();
    expect(await outcome(new Uint8Array(large), 'id-card-front')).toBe('read');
  });

  it('never passes a phone that shows a card without a word', async () => {
    const image = await phoneShowing(front);
    const reading = await reader.readDocument({ image, page: 'id-card-front', today: SPECIMEN_TODAY });
    const raised = reading.ok ? reading.value.warnings.filter((warning) => warning.raised) : [];
    expect(reading.ok ? raised.map(({ kind }) => kind) : ['recapture']).toContain('recapture');
  });
});
