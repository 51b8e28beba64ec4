import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentPage } from '../../../src/shared/domain/document-reading.ts';
import { openDocumentReader } from '../../support/documents/document-reading.ts';
import { backSvg, frontSvg, SPECIMEN_BACK, SPECIMEN_FRONT } from '../../support/documents/drawn-id-card.ts';

const TODAY = '2026-11-22';
const FRONT = {
  name: '林晓岚',
  sex: 'female',
  nation: '汉',
  birthDate: '1990-03-07',
  address: '北京市东城区样本胡同18号院3号楼2单元506室',
  number: '110101199003070222',
};
const BACK = { issuer: '北京市公安局东城分局', validFrom: '2015-06-01', validTo: '2035-06-01' };

let opened: Awaited<ReturnType<typeof openDocumentReader>>;
beforeAll(async () => {
  opened = await openDocumentReader();
});
afterAll(() => opened.release());

const png = (svg: string): Promise<Buffer> => sharp(Buffer.from(svg)).flatten().png().toBuffer();
const front = (): Promise<Buffer> => png(frontSvg(SPECIMEN_FRONT));
const onDesk = async (...cards: readonly { readonly card: Buffer; readonly left: number; readonly top: number }[]) =>
  sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#5b4a38' } })
    .composite(cards.map(({ card, ...place }) => ({ input: card, ...place })))
    .jpeg({ quality: 90 })
    .toBuffer();
const small = (card: Buffer): Promise<Buffer> => sharp(card).resize(720).toBuffer();

async function read(image: Uint8Array, page: DocumentPage) {
  const reading = await opened.reader.readDocument({ image, page, today: TODAY });
  if (!reading.ok) return { code: reading.error.code };
  const { value } = reading;
  if (value.page === 'travel-document') throw new Error('a travel document was read');
  const fields = Object.entries(value.fields);
  return {
    texts: Object.fromEntries(fields.map(([name, { text }]) => [name, text])),
    doubts: fields.flatMap(([name, { doubt }]) => (doubt ? [[name, doubt]] : [])),
    quarterTurns: value.quarterTurns,
    whole: value.outline === null,
  };
}

describe('reading an ID card', () => {
  it.each([
    [0, 0],
    [90, 3],
    [180, 2],
    [270, 1],
  ])('edge to edge, turned by %d degrees', async (angle, quarterTurns) => {
    const scan = await sharp(await front())
      .rotate(angle)
      .jpeg()
      .toBuffer();
    expect(await read(scan, 'id-card-front')).toEqual({ texts: FRONT, doubts: [], quarterTurns, whole: true });
  });

  it('askew on a desk, both sides', async () => {
    const askew = async (svg: string, degrees: number) =>
      onDesk({
        card: await sharp(await png(svg))
          .rotate(degrees, { background: '#5b4a38' })
          .toBuffer(),
        left: 180,
        top: 160,
      });
    expect(await read(await askew(frontSvg(SPECIMEN_FRONT), 7), 'id-card-front')).toMatchObject({
      texts: FRONT,
      doubts: [],
      whole: false,
    });
    expect(await read(await askew(backSvg(SPECIMEN_BACK), -6), 'id-card-back')).toMatchObject({
      texts: BACK,
      doubts: [],
      whole: false,
    });
  });

  it('gives a number that fails its check as it was read, with the doubt', async () => {
    const wrong = { ...SPECIMEN_FRONT, number: `${SPECIMEN_FRONT.number.slice(0, 17)}3` };
    const reading = await read(await png(frontSvg(wrong)), 'id-card-front');
    expect(reading).toMatchObject({ texts: { number: wrong.number }, doubts: [['number', 'check-digit']] });
  });

  it('doubts a birth date and a number that contradict each other', async () => {
    const edited = await png(frontSvg({ ...SPECIMEN_FRONT, birth: ['1998', '3', '7'] }));
    expect(await read(edited, 'id-card-front')).toMatchObject({
      texts: { birthDate: '1998-03-07', number: FRONT.number },
      doubts: [
        ['birthDate', 'disagrees'],
        ['number', 'disagrees'],
      ],
    });
  });

  it('refuses the other side, another kind and two cards', async () => {
    const card = await front();
    expect(await read(card, 'id-card-back')).toEqual({ code: 'document.wrong-side' });
    expect(await read(card, 'bank-card')).toEqual({ code: 'document.wrong-kind' });
    const two = await onDesk(
      { card: await small(card), left: 40, top: 80 },
      { card: await small(await png(backSvg(SPECIMEN_BACK))), left: 830, top: 640 },
    );
    expect(await read(two, 'id-card-front')).toEqual({ code: 'document.several-cards' });
  });

  it('refuses an empty desk, a menu, a tiny picture and half a file', async () => {
    expect(await read(await onDesk(), 'id-card-front')).toEqual({ code: 'document.no-card' });
    const menu = ['红烧肉 38元', '清炒时蔬 18元', '米饭 2元', '番茄炒蛋 22元', '酸梅汤 12元']
      .map(
        (dish, i) => `<text x='80' y='${120 + 100 * i}' font-family='Noto Sans CJK SC' font-size='60'>${dish}</text>`,
      )
      .join('');
    const page = await png(
      `<svg xmlns='http://www.w3.org/2000/svg' width='1012' height='638'><rect width='1012' height='638' fill='#fdf6e3'/>${menu}</svg>`,
    );
    expect(await read(page, 'id-card-front')).toEqual({ code: 'document.not-a-card' });
    const card = await front();
    expect(await read(await sharp(card).resize(200).jpeg().toBuffer(), 'id-card-front')).toEqual({
      code: 'document.too-small',
    });
    expect(await read(card.subarray(0, card.length / 2), 'id-card-front')).toEqual({ code: 'document.file-damaged' });
  });
});
