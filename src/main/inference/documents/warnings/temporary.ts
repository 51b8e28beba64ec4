import type { JudgedDocument, ReadLine } from '../contract.ts';

/** What a temporary card is headed, in parts, because a line may be broken or half covered. */
const TITLES = ['临时居民', '时居民身份', '临时身份'];
/** Captions that stand beside the portrait only on a temporary card; the card itself has them on its back. */
const BACK_CAPTIONS = ['签发机关', '有效期限'];
/** A temporary card is valid for three months (Measures for temporary resident identity cards of 2005, article 4). */
const LONGEST_DAYS = 100;
const MILLISECONDS_A_DAY = 86_400_000;

/** 0..1: how much the card looks like a temporary identity card. */
export function temporaryScore({ page, lines, fields }: JudgedDocument): number {
  if (page === 'bank-card') return 0;
  const texts = lines.map(lineText);
  const titled = texts.some((text) => TITLES.some((title) => text.includes(title)));
  if (titled) return 1;
  const captions = BACK_CAPTIONS.filter((caption) => texts.some((text) => text.includes(caption))).length;
  if (page === 'id-card-front' && captions > 0) return captions / 2;
  return validDays(fields['validFrom']?.text, fields['validTo']?.text) <= LONGEST_DAYS ? 0.8 : 0;
}

function lineText({ text }: ReadLine): string {
  return text.replaceAll(' ', '');
}

function validDays(from: string | null | undefined, to: string | null | undefined): number {
  const days = (Date.parse(to ?? '') - Date.parse(from ?? '')) / MILLISECONDS_A_DAY;
  return days > 0 ? days : Infinity;
}
