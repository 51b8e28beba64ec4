/** The pages of the window, in the order of the sidebar; what belongs together stands together. */
export const SECTION_GROUPS = [
  ['overview', 'requests', 'records', 'report', 'metering', 'documents'],
  ['scene', 'risk', 'privacy', 'site'],
  ['reader', 'camera', 'peripherals', 'verifier', 'outbox'],
  ['staff', 'audit', 'system'],
] as const;
export type Section = (typeof SECTION_GROUPS)[number][number];
export const SECTIONS: readonly Section[] = SECTION_GROUPS.flat();

/** Which page Ctrl with a digit opens; the other pages have no digit. */
export const SECTION_KEYS: Readonly<Partial<Record<Section, string>>> = {
  overview: '1',
  records: '2',
  report: '3',
  documents: '4',
  scene: '5',
  site: '6',
  reader: '7',
  camera: '8',
  verifier: '9',
  outbox: '0',
};

export function sectionOfKey(key: string): Section | undefined {
  return SECTIONS.find((section) => SECTION_KEYS[section] === key);
}
