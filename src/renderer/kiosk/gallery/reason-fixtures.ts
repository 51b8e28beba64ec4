import { REASON_CODES, REASONS, type ReasonCode } from '../../../shared/reasons.ts';

/** A screen that shows a reason, by both their names. */
export type ReasonFixture = `${'card' | 'result' | 'maintenance'}:${ReasonCode}`;

const ofParts = (...parts: readonly string[]): readonly ReasonCode[] =>
  REASON_CODES.filter((code) => parts.some((part) => code.startsWith(`${part}.`)));

/** Every reason of a card, a reader or a photo decoder on each screen where it can come up. */
export const REASON_FIXTURES: readonly ReasonFixture[] = [
  ...ofParts('card')
    .filter((code) => REASONS[code].next === 'replace-card')
    .map((code) => `card:${code}` as const),
  ...[...ofParts('card', 'reader', 'decoder'), 'document.photo-not-decoded' as const].map(
    (code) => `result:${code}` as const,
  ),
  ...ofParts('reader').map((code) => `maintenance:${code}` as const),
];

/** The screen and the reason of a fixture. */
export function reasonShown(name: ReasonFixture): {
  readonly screen: 'card' | 'result' | 'maintenance';
  readonly reason: ReasonCode;
} {
  const [screen, reason] = name.split(':') as ['card' | 'result' | 'maintenance', ReasonCode];
  return { screen, reason };
}
