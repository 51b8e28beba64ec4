/** The screens of the ways past the chip. */
export const OTHER_WAYS_SHOWN = {
  'card-typing': { screen: 'card', phase: 'searching', problem: 'card.read-failed', mayType: true },
  entry: { screen: 'identity-entry', today: '2026-11-21' },
  'card-photo': { screen: 'card-photo', hint: null },
  'card-photo-hint': { screen: 'card-photo', hint: 'glare' },
  'card-photo-good': { screen: 'card-photo', hint: 'hold-still' },
} as const;
