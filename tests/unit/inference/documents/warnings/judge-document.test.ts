import { describe, expect, it } from 'vitest';
import type { JudgedDocument } from '../../../../../src/main/inference/documents/contract.ts';
import { judgeDocument } from '../../../../../src/main/inference/documents/warnings/judge-document.ts';
import { DOCUMENT_WARNING_KINDS, type DocumentWarningKind } from '../../../../../src/shared/domain/document-warning.ts';
import { drawnCard, HEIGHT, judgedFront, lineOf, noiseAt, smeared, sureField, WIDTH } from './drawn-card.ts';

const genuine = drawnCard();

function raisedOn(judged: JudgedDocument): readonly DocumentWarningKind[] {
  return judgeDocument(judged)
    .filter(({ raised }) => raised)
    .map(({ kind }) => kind);
}

describe("a document's warnings", () => {
  it('judges everything on a good card and raises nothing, twice alike', () => {
    const warnings = judgeDocument(judgedFront(genuine));
    expect(warnings.map(({ kind }) => kind)).toEqual([...DOCUMENT_WARNING_KINDS]);
    expect(warnings.filter(({ raised }) => raised)).toEqual([]);
    for (const { score } of warnings) expect(score).toBeGreaterThanOrEqual(0);
    for (const { score } of warnings) expect(score).toBeLessThanOrEqual(1);
    expect(judgeDocument(judgedFront(genuine))).toEqual(warnings);
  });

  it('raises nothing for the colour of the light, a soft shadow or a dim exposure', () => {
    const warm = drawnCard(([red, green, blue]) => [red, green * 0.9, blue * 0.68]);
    const shaded = drawnCard((colour, x) => {
      const light = 1 - 0.25 / (1 + Math.exp((400 - x) / 70));
      return [colour[0] * light, colour[1] * light, colour[2] * light];
    });
    const dim = drawnCard(([red, green, blue]) => [red * 0.6, green * 0.6, blue * 0.6]);
    expect([warm, shaded, dim].map((picture) => raisedOn(judgedFront(picture)))).toEqual([[], [], []]);
  });

  it('knows a copy by dots in the portrait on a ground without its lines', () => {
    const copy = drawnCard(([red, green, blue], x, y) => {
      if (green > 185) return [236, 236, 234];
      const dot = 60 * Math.sign(noiseAt(x / 2, y / 2));
      return [red + dot, green + dot, blue + dot];
    });
    expect(raisedOn(judgedFront(copy))).toContain('copy');
  });

  it('knows a black-and-white copy in any light', () => {
    const grey = drawnCard(([red, green, blue], x) => {
      const luma = (0.3 * red + 0.6 * green + 0.1 * blue) * (1 - x / 4000);
      return [luma, luma * 0.93, luma * 0.8];
    });
    expect(raisedOn(judgedFront(grey))).toEqual(['black-and-white-copy']);
  });

  it("knows a screen by its stripes and a bank card's too", () => {
    const screen = drawnCard(([red, green, blue], x, y) => {
      const stripe = (shift: number): number => 0.82 + 0.18 * Math.sin(2 * Math.PI * (x * 0.31 + y * 0.02 + shift));
      return [red * stripe(0), green * stripe(1 / 3), blue * stripe(2 / 3)];
    });
    expect(raisedOn(judgedFront(screen))).toContain('recapture');
    expect(raisedOn(judgedFront(screen, { page: 'bank-card' }))).toContain('recapture');
  });

  it('knows a patch with another text over a field', () => {
    const patched = drawnCard((colour, x, y) => {
      if (x < 420 || x > 850 || y < 532 || y > 576) return colour;
      return (x - 420) % 26 < 4 && y > 540 && y < 568 ? [0, 0, 0] : [222, 220, 224];
    });
    expect(raisedOn(judgedFront(patched))).toContain('edited');
  });

  it('knows a portrait that was put in as a rectangle', () => {
    const swapped = drawnCard(([red, green, blue], x, y) => {
      const inside = x > 650 && x < 910 && y > 120 && y < 430;
      return inside ? [red * 0.8, green * 0.8, blue * 0.8] : [red, green, blue];
    });
    expect(raisedOn(judgedFront(swapped))).toContain('edited');
  });

  it.each([
    ['a fair finger', [224, 178, 150]],
    ['a dark finger', [70, 46, 36]],
    ['a blue pen', [40, 60, 140]],
  ] as const)('knows %s over the text', (_, colour) => {
    const covered = drawnCard((own, x, y) => (Math.abs(x - 300) < 70 && y > 420 ? colour : own));
    expect(raisedOn(judgedFront(covered))).toContain('occlusion');
  });

  it.each([
    ['a finger of nearly the colour of the ground over the number', [232, 208, 192], 400, 540],
    ['a white sticker over the address', [246, 246, 244], 250, 310],
    ["a sticker in the ground's own colour", [211, 200, 214], 250, 310],
    ['a yellow sticker over the text', [236, 216, 90], 250, 230],
    ["a sticker over the portrait's face", [246, 246, 244], 770, 250],
  ] as const)('knows %s', (_, colour, left, top) => {
    const covered = drawnCard((own, x, y) => {
      if (Math.abs(x - left) > 100 || Math.abs(y - top) > 65) return own;
      const noise = 1.5 * noiseAt(x, y);
      return [colour[0] + noise, colour[1] + noise, colour[2] + noise];
    });
    const face = left > 660 ? null : judgedFront(genuine).face;
    expect(raisedOn(judgedFront(covered, { face }))).toContain('occlusion');
  });

  it('does not take what a lamp or a blur has smoothed for a cover', () => {
    const lit = drawnCard((own, x, y) => {
      const glow = 120 * Math.exp(-(((x - 300) / 130) ** 2) - ((y - 300) / 110) ** 2);
      return [own[0] + glow, own[1] + glow, own[2] + glow];
    });
    expect(raisedOn(judgedFront(lit))).not.toContain('occlusion');
    expect(raisedOn(judgedFront(smeared(genuine, 9, 9)))).not.toContain('occlusion');
  });

  it('tells a lamp in the card from a bright card', () => {
    const glaring = drawnCard((own, x, y) => (Math.hypot(x - 300, y - 300) < 50 ? [255, 255, 255] : own));
    const bright = drawnCard((own) => [own[0] * 1.06, own[1] * 1.06, own[2] * 1.06]);
    expect(raisedOn(judgedFront(glaring))).toContain('glare');
    expect(raisedOn(judgedFront(bright))).not.toContain('glare');
  });

  it.each([
    [9, 1],
    [1, 9],
    [9, 9],
  ])('knows a smear of %i × %i pixels, and leaves a slight one alone', (across, down) => {
    expect(raisedOn(judgedFront(smeared(genuine, across, down)))).toContain('blur');
    expect(raisedOn(judgedFront(smeared(genuine, 2, 2)))).not.toContain('blur');
  });

  it('says blurred of a picture without a single edge', () => {
    const flat = drawnCard(() => [128, 128, 128]);
    const blur = judgeDocument(judgedFront(flat)).find(({ kind }) => kind === 'blur');
    expect(blur).toEqual({ kind: 'blur', score: 1, limit: 0.5, raised: true });
  });

  it('looks only for what a bank card can be judged by', () => {
    const kinds = judgeDocument(judgedFront(genuine, { page: 'bank-card' })).map(({ kind }) => kind);
    expect(kinds).toEqual(['copy', 'recapture', 'expired', 'border-cut', 'glare', 'blur', 'not-a-card']);
  });
});

describe('a card at the border of its picture', () => {
  const at = (left: number, top: number, cut = 0): JudgedDocument => {
    const [right, bottom] = [left + WIDTH, top + HEIGHT];
    const source = { width: 1300, height: 900, rgb: new Uint8Array(1300 * 900 * 3).fill(120) };
    const quad = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ] as const;
    return judgedFront(genuine, { card: { picture: genuine, size: 'ID-1', source, quad, cut, sourceWidth: WIDTH } });
  };

  it('is cut where a side lies beyond it, or where the search says so', () => {
    expect(raisedOn(at(-60, 100))).toEqual(['border-cut']);
    expect(raisedOn(at(0, 100))).toEqual(['border-cut']);
    expect(raisedOn(at(200, 300))).toEqual(['border-cut']);
    expect(raisedOn(at(100, 100, 1))).toEqual(['border-cut']);
  });

  it('is not cut inside, nor where the file is the card', () => {
    expect(raisedOn(at(100, 100))).toEqual([]);
    expect(raisedOn(judgedFront(genuine))).toEqual([]);
  });
});

describe('what the text says', () => {
  const back = (changes: Partial<JudgedDocument>): readonly DocumentWarningKind[] => {
    const lines = ['中华人民共和国', '居民身份证', '签发机关', '有效期限'].map(lineOf);
    const kinds: readonly DocumentWarningKind[] = ['temporary', 'expired', 'not-a-card'];
    const judged = judgedFront(genuine, { page: 'id-card-back', lines, face: null, fields: {}, ...changes });
    return raisedOn(judged).filter((kind) => kinds.includes(kind));
  };
  const validity = (from: string, to: string): Partial<JudgedDocument> => ({
    fields: { issuer: sureField('样本局', 90), validFrom: sureField(from, 160), validTo: sureField(to, 160) },
  });

  it('is expired the day after its last one', () => {
    expect(back(validity('2006-06-14', '2026-06-14'))).toEqual(['expired']);
    expect(back(validity('2006-06-15', '2026-06-15'))).toEqual([]);
    expect(back(validity('2006-06-15', 'long-term'))).toEqual([]);
    expect(back({})).toEqual([]);
  });

  it("is expired for a bank card after its month's end", () => {
    const expiring = (expiry: string): readonly DocumentWarningKind[] =>
      raisedOn(judgedFront(genuine, { page: 'bank-card', fields: { expiry: sureField(expiry, 90) } }));
    expect(expiring('2026-05')).toContain('expired');
    expect(expiring('2026-06')).not.toContain('expired');
  });

  it('is temporary by its title, by captions of the other side, or by its three months', () => {
    expect(back({ lines: ['中华人民共和国', '临时居民身份证', '有效期限'].map(lineOf) })).toContain('temporary');
    expect(back(validity('2026-05-01', '2026-08-01'))).toEqual(['temporary']);
    const front = judgedFront(genuine);
    expect(raisedOn({ ...front, lines: [...front.lines, lineOf('签发机关样本局')] })).toEqual(['temporary']);
  });

  it.each([
    ['a menu', ['今日菜单', '宫保鸡丁 38', '米饭 2']],
    ['a business card', ['样本科技有限公司', '试样 经理', '电话 010-00000000']],
    ['blank paper', []],
    ['a driving licence', ['机动车驾驶证', '姓名 试样', '性别 男', '住址 样本路', '出生日期 1990-01-01']],
  ])('is no identity card for %s', (_, texts) => {
    const stranger = { lines: texts.map(lineOf), fields: {}, face: null };
    expect(raisedOn(judgedFront(genuine, stranger))).toContain('not-a-card');
    expect(back(stranger)).toContain('not-a-card');
    expect(raisedOn(judgedFront(genuine, { ...stranger, page: 'bank-card' }))).toContain('not-a-card');
  });

  it('stays a card whose number or captions could not all be read', () => {
    const { name, birthDate, address } = judgedFront(genuine).fields;
    const others = { name: name!, birthDate: birthDate!, address: address! };
    expect(raisedOn(judgedFront(genuine, { fields: others }))).toEqual([]);
    const half = judgedFront(genuine).lines.filter((_line, i) => i % 2 === 0);
    expect(raisedOn(judgedFront(genuine, { lines: half }))).toEqual([]);
  });
});
