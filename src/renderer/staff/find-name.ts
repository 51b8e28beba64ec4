import { foldStaffName } from '../../shared/domain/staff-name-fold.ts';
import type { StaffChoice } from '../../shared/ipc/staff.ts';

/** Those whose name holds what was typed, whatever its case, width and spaces. */
export function matching(choices: readonly StaffChoice[], typed: string): readonly StaffChoice[] {
  const fold = foldStaffName(typed);
  return fold === '' ? choices : choices.filter(({ name }) => foldStaffName(name).includes(fold));
}
