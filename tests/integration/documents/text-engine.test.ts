import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTextModels } from '../../../src/main/inference/documents/text/text-models.ts';
import { turned } from '../../../src/main/inference/documents/outline/rectify-card.ts';
import { backSvg, drawn, frontSvg, SPECIMEN_BACK, SPECIMEN_FRONT } from '../../support/documents/drawn-id-card.ts';
import { MODELS_FOLDER, openTextEngine } from '../../support/inference/text-engine.ts';

const readIfThere = (path: string): Promise<Uint8Array | null> => readFile(path).catch(() => null);

describe('the text engine', () => {
  let opened: Awaited<ReturnType<typeof openTextEngine>>;
  beforeAll(async () => {
    opened = await openTextEngine();
  });
  afterAll(() => opened.release());

  it('finds the lines of a drawn card and reads them', async () => {
    const { engine } = opened;
    const card = await drawn(backSvg(SPECIMEN_BACK));
    const lines = await engine.recognise(card, await engine.detect(card));
    expect(lines.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        '中华人民共和国',
        '居民身份证',
        '签发机关',
        SPECIMEN_BACK.issuer,
        SPECIMEN_BACK.validity,
      ]),
    );
    const all = lines.flatMap(({ characters }) => characters);
    expect(all.every(({ at, confidence }) => at >= 0 && at <= 1 && confidence > 0 && confidence <= 1)).toBe(true);
  });

  it('tells which end is up', async () => {
    const { engine } = opened;
    const card = await drawn(frontSvg(SPECIMEN_FRONT));
    const onItsHead = turned(card, 2);
    expect(await engine.upsideDown(card, await engine.detect(card))).toBeLessThan(0.2);
    expect(await engine.upsideDown(onItsHead, await engine.detect(onItsHead))).toBeGreaterThan(0.8);
  });

  it('reads a line that is longer than what the recogniser learnt with', async () => {
    const { engine } = opened;
    const digits = '0123456789'.repeat(8);
    const svg =
      `<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='60'><rect width='2000' height='60' fill='#fff'/>` +
      `<text x='10' y='44' font-family='DejaVu Sans Mono' font-size='40' textLength='1960'>${digits}</text></svg>`;
    const strip = await drawn(svg);
    const quad = [
      [0, 0],
      [2000, 0],
      [2000, 60],
      [0, 60],
    ] as const;
    const [line] = await engine.recognise(strip, [{ quad, score: 1 }], { alphabet: '0123456789' });
    expect(line!.text).toBe(digits);
  });
});

describe('text models that are not what the manifest says', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-text-'));
    await cp(MODELS_FOLDER, folder, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const refusal = async () => {
    const loaded = await loadTextModels(folder, 1, readIfThere);
    return loaded.ok ? null : [loaded.error.code, loaded.error.detail];
  };

  it('are refused by name, and a manifest without them is unavailable', async () => {
    await rm(join(folder, 'ppocr_v4_rec.onnx'));
    expect(await refusal()).toEqual(['inference.model-refused', 'ppocr_v4_rec.onnx is missing']);
    await cp(join(MODELS_FOLDER, 'ppocr_v4_rec.onnx'), join(folder, 'ppocr_v4_rec.onnx'));
    await writeFile(join(folder, 'ppocr_keys_v1.txt'), '一\n二\n');
    expect(await refusal()).toEqual(['inference.model-refused', 'ppocr_keys_v1.txt does not match the manifest']);
    const { text, ...manifest } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
      text?: unknown;
    };
    expect(text).toBeDefined();
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    expect(await refusal()).toEqual(['inference.unavailable', 'the manifest lists no text models']);
  });
});
