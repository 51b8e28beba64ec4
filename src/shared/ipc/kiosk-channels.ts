/** Names only, so that the preload script stays free of schemas. A test holds this list against the contract. */
export const KIOSK_CHANNEL_NAMES = [
  'kiosk:view',
  'kiosk:act',
  'kiosk:camera',
  'kiosk:card-photo-frame',
  'kiosk:guide',
  'kiosk:evidence',
  'kiosk:light-frame',
  'kiosk:light-done',
  'kiosk:camera-frame',
  'kiosk:camera-answer',
  'kiosk:challenge-frame',
  'kiosk:challenge-audio',
  'kiosk:challenge-aborted',
  'kiosk:clip',
  'kiosk:heartbeat',
] as const;
