/** The pages of the window, in the order of the sidebar. */
export const SECTIONS = [
  'overview',
  'records',
  'report',
  'documents',
  'scene',
  'site',
  'reader',
  'camera',
  'verifier',
  'outbox',
] as const;
export type Section = (typeof SECTIONS)[number];
