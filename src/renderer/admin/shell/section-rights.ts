import type { StaffRight } from '../../../shared/domain/staff.ts';
import { SECTION_GROUPS, type Section } from './sections.ts';

/** Who sees a page: whoever has one of these rights; null: everybody. Main refuses the rest by itself. */
const SECTION_RIGHTS: Readonly<Record<Section, readonly StaffRight[] | null>> = {
  overview: null,
  requests: ['certify'],
  records: ['see-records'],
  report: ['see-reports'],
  metering: ['see-reports'],
  documents: ['test-devices', 'see-settings'],
  scene: ['see-settings'],
  risk: ['see-settings'],
  privacy: ['see-settings'],
  site: ['see-settings'],
  reader: ['test-devices', 'see-settings'],
  camera: ['test-devices', 'see-settings'],
  peripherals: ['test-devices', 'see-settings'],
  verifier: ['see-settings'],
  outbox: ['see-settings'],
  staff: ['see-settings'],
  audit: ['see-audit'],
  system: ['see-settings'],
};

/** What changing something on a page needs, where the page is about things that are set. */
export const CHANGE_RIGHTS: Readonly<Partial<Record<Section, StaffRight>>> = {
  scene: 'change-settings',
  risk: 'change-settings',
  privacy: 'change-settings',
  site: 'change-settings',
  reader: 'change-settings',
  camera: 'change-settings',
  peripherals: 'change-settings',
  documents: 'change-settings',
  verifier: 'change-settings',
  outbox: 'maintain',
  staff: 'change-staff',
  system: 'maintain',
};

export function maySee(section: Section, can: (right: StaffRight) => boolean): boolean {
  return SECTION_RIGHTS[section]?.some(can) ?? true;
}

/** The groups of the sidebar with the pages that are seen; a group without any is left out. */
export function seenGroups(can: (right: StaffRight) => boolean): readonly (readonly Section[])[] {
  return SECTION_GROUPS.map((group) => group.filter((section: Section) => maySee(section, can))).filter(
    (group) => group.length > 0,
  );
}
