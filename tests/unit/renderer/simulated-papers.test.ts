import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clipOfCard, loadPapers, simulatedPapersSchema } from '../../../src/renderer/camera/simulated-papers.ts';
import {
  addressLines,
  papersOnBack,
  papersOnFront,
  passportZone,
} from '../../../src/renderer/camera/simulated-papers-text.ts';
import { parseZone } from '../../../src/shared/domain/mrz-parse.ts';

const DECK = path.join(import.meta.dirname, '../../../resources/cards/deck');
const cards = readdirSync(DECK)
  .filter((name) => name.includes('-resident') && name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(path.join(DECK, name), 'utf8')) as { fields: unknown });
const papers = simulatedPapersSchema.parse(cards[0]!.fields);

afterEach(() => vi.unstubAllGlobals());

describe('the papers of a simulated person', () => {
  it('are those of the card that lies beside the clip', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url);
      return new Response(JSON.stringify(cards[0]));
    });
    expect(await loadPapers('/demo/person-a.webm', 'b')).toEqual(papers);
    expect(asked).toEqual(['/demo/card-b.json']);
    expect(clipOfCard('/demo/person-a.webm', 'b')).toBe('/demo/person-b.webm');
  });

  it('are none where the card can not be had or is not that of a resident', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await loadPapers('/demo/person-a.webm', 'a')).toBeNull();
    vi.stubGlobal('fetch', async () => new Response('{"fields":{"name":"x"}}'));
    expect(await loadPapers('/demo/person-a.webm', 'a')).toBeNull();
  });

  it('say every field of the card once, on one side or the other', () => {
    const texts = [...papersOnFront(papers), ...papersOnBack(papers)].map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([papers.name, '男', papers.nation, '1990', '5', '20', papers.number, papers.issuer]),
    );
    expect(texts).toContain('2020.05.20-2040.05.20');
    expect(texts.filter((text) => text.includes('样本'))).toHaveLength(2);
  });

  it('keep every text on the card', () => {
    for (const { text, x, heightMm } of [...papersOnFront(papers), ...papersOnBack(papers)]) {
      const width = [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 1 : 0.62) * heightMm, 0);
      expect([text, x + width < 84]).toEqual([text, true]);
    }
  });

  it('break an address after eleven characters', () => {
    expect(addressLines('测试省样例市示例路1号样例小区')).toEqual(['测试省样例市示例路1号', '样例小区']);
  });

  it('have a passport whose lines are right in every digit', () => {
    const parsed = parseZone(passportZone(papers), '2026-11-21');
    if (!parsed.ok) throw new Error(parsed.error.detail ?? parsed.error.code);
    expect(parsed.value).toMatchObject({
      format: 'TD3',
      issuingState: 'UTO',
      surname: 'SPECIMEN',
      birthDate: papers.birthDate,
      failedChecks: [],
      repairs: [],
    });
  });
});
