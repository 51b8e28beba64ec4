import { DOCUMENT_WARNING_KINDS, DOCUMENT_WARNING_REASONS } from '../../../shared/domain/document-warning.ts';
import {
  warningOfTencentCode,
  type VendorDocument,
  type VendorOnlyWarning,
} from '../../../shared/domain/document-vendor-codes.ts';
import { stateOf, type ReasonCode } from '../../../shared/reasons.ts';
import { UNKNOWN_CODE, type CodeMeaning } from './code-meaning.ts';

/** A card on a phone's screen is no original; a watermark is what copies are marked with. */
const VENDOR_ONLY_REASONS: Readonly<Record<VendorOnlyWarning, ReasonCode>> = {
  'electronic-card': 'document.recaptured',
  watermark: 'document.copy',
};

const REASONS_BY_NAME: ReadonlyMap<string, ReasonCode> = new Map<string, ReasonCode>([
  // Doubts about the card come before doubts about its picture.
  ...DOCUMENT_WARNING_KINDS.map((kind) => [kind, DOCUMENT_WARNING_REASONS[kind]] as const),
  ...Object.entries(VENDOR_ONLY_REASONS),
]);

const UNLISTED = 'unlisted:';

/** The most warnings that one card's picture can have. */
const MOST_WARNINGS = 30;

/** Our names of the vendor's warnings; a number that isn't listed is kept as it is. */
export function warningNames(codes: readonly number[], document: VendorDocument): readonly string[] {
  const names = codes.map((code) => warningOfTencentCode(code, document) ?? `${UNLISTED}${code}`);
  return [...new Set(names)].slice(0, MOST_WARNINGS);
}

/** Numbers in a text like `-9101|-9106`; null when something else is in it. */
export function warningNumbers(text: string): readonly number[] | null {
  if (text === '') return [];
  return /^-?\d{1,9}(\|-?\d{1,9})*$/.test(text) ? text.split('|').map(Number) : null;
}

/** What the warnings make of a card that would pass without them; null without any. */
export function meaningOfWarnings(names: readonly string[], billed: boolean | null): CodeMeaning | null {
  if (names.length === 0) return null;
  if (names.some((name) => name.startsWith(UNLISTED))) return { ...UNKNOWN_CODE, billed };
  const reason = [...REASONS_BY_NAME].find(([name]) => names.includes(name))?.[1] ?? UNKNOWN_CODE.reason;
  return { reason, retry: stateOf(reason) === 'error' ? 'capture' : 'none', billed };
}
