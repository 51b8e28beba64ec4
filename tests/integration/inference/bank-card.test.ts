import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankCardContent } from '../../../src/main/inference/documents/bank-card/contract.ts';
import { readBankCard } from '../../../src/main/inference/documents/bank-card/read-bank-card.ts';
import { kindOf } from '../../../src/main/inference/documents/document-kind.ts';
import { turned } from '../../../src/main/inference/documents/outline/rectify-card.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { bankPrefixTableSchema, createBankIssuers } from '../../../src/shared/domain/bank-issuers.ts';
import { drawBankCard } from '../../accuracy/documents/bank-cards/draw.ts';
import { bankCardSpecimen, type BankCardSpecimen } from '../../accuracy/documents/bank-cards/specimen.ts';
import { openTextEngine } from '../../support/inference/text-engine.ts';

const file = readFileSync(join(import.meta.dirname, '../../../resources/bank/bins.json'), 'utf8');
const issuers = createBankIssuers(bankPrefixTableSchema.parse(JSON.parse(file)));
let text: Awaited<ReturnType<typeof openTextEngine>>;

beforeAll(async () => {
  text = await openTextEngine();
}, 60_000);

afterAll(() => text.release());

async function read(picture: Frame): Promise<BankCardContent & { readonly isBankCard: boolean }> {
  const { engine } = text;
  const lines = await engine.recognise(picture, await engine.detect(picture));
  const card = { picture, size: 'ID-1', source: picture, quad: null, cut: 0, sourceWidth: 1012 } as const;
  const content = await readBankCard({ card, lines, engine, today: '2026-11-22' }, issuers);
  return { ...content, isBankCard: kindOf(lines, 'bank-card') === 'bank-card' };
}

/** What a reading has to say of a specimen. */
function expected({ number, expiry, embossed }: BankCardSpecimen): object {
  return {
    isBankCard: true,
    fields: {
      number: { text: number, doubt: null },
      expiry: expiry === null ? { text: null, doubt: 'not-found' } : { text: expiry, doubt: null },
    },
    embossed,
  };
}

describe('a bank card', () => {
  it('is read where its number is printed', async () => {
    const specimen = bankCardSpecimen(116, { embossed: false, layout: 'classic' });
    expect(await read(await drawBankCard(specimen))).toMatchObject(expected(specimen));
  }, 60_000);

  it('is read where its number is raised in gold, with its issuer', async () => {
    const specimen = bankCardSpecimen(108, { embossed: true, tipping: 'gold' });
    const content = await read(await drawBankCard(specimen));
    expect(content).toMatchObject(expected(specimen));
    expect(content.issue).toMatchObject({ issuerCode: 'ICBC', type: 'debit' });
  }, 60_000);

  it('is read where its text runs along the short side and the card lies', async () => {
    const specimen = bankCardSpecimen(124, { embossed: false, layout: 'portrait-line' });
    const { fields } = await read(turned(await drawBankCard(specimen), 3));
    expect(fields.number).toMatchObject({ text: specimen.number, doubt: null });
    expect(fields.number.box!.height).toBeGreaterThan(3 * fields.number.box!.width);
  }, 60_000);

  it('has no number where none is printed', async () => {
    const blank: Frame = { width: 1012, height: 638, rgb: new Uint8Array(1012 * 638 * 3).fill(190) };
    const content = await read(blank);
    expect(content.fields.number).toEqual({ text: null, confidence: 0, doubt: 'not-found', box: null });
    expect(content).toMatchObject({ isBankCard: false, embossed: null, issue: { issuer: null } });
  }, 60_000);
});
