/** Names only, so that the preload script stays free of schemas. A test holds this list against the contract. */
export const CLERK_CHANNEL_NAMES = [
  'clerk:brand',
  'clerk:gate',
  'clerk:create-first',
  'clerk:sign-in',
  'clerk:sign-out',
  'clerk:change-own-secret',
  'clerk:live',
  'clerk:pictures',
  'clerk:answer-call',
  'clerk:scenes',
  'clerk:start',
  'clerk:take-back',
  'clerk:cancel',
  'clerk:queue',
  'clerk:records',
  'clerk:case',
  'clerk:evidence',
  'clerk:staff-choices',
  'clerk:decide',
  'clerk:override',
  'clerk:receipt',
  'clerk:print',
  'clerk:open-admin',
] as const;

/** The event by which the main process says that something has changed: a view, a call, a record. */
export const CLERK_CHANGED_EVENT = 'clerk:changed';
