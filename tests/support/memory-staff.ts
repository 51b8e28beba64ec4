import type { AuditTrail, StaffRows, StoredStaff } from '../../src/main/settings/ports.ts';
import { createSecretHash } from '../../src/main/settings/secret-hash.ts';
import { createStaffDesk, type StaffDesk } from '../../src/main/settings/staff-desk.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { failure, type FailureCode } from '../../src/shared/reasons.ts';
import { err, ok } from '../../src/shared/result.ts';

/** Argon2id at a cost that tests can pay. */
export const QUICK_HASH = createSecretHash({ memoryCost: 64, timeCost: 1, parallelism: 1 });

/** What is kept of the staff, in memory, with the audit entries that were written. */
export interface MemoryStaff {
  stored: StoredStaff;
  readonly entries: string[];
  /** While set, nothing can be written. */
  refuses: FailureCode | null;
  /** The program as it starts: whoever was signed in isn't any more. */
  start(): StaffDesk;
}

export function memoryStaff(clock: Clock, stored: Partial<StoredStaff> = {}): MemoryStaff {
  let ids = 0;
  const memory: MemoryStaff = {
    stored: { staff: null, singlePin: null, ...stored },
    entries: [],
    refuses: null,
    start: () =>
      createStaffDesk({
        rows,
        audit,
        clock,
        secretHash: QUICK_HASH,
        newStaffId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
      }),
  };
  const audit: AuditTrail = {
    append: (kind, detail) => {
      if (memory.refuses !== null) return err(failure(memory.refuses));
      memory.entries.push(`${kind} ${JSON.stringify(detail)}`);
      return ok(null);
    },
  };
  const rows: StaffRows = {
    read: () => ok(memory.stored),
    update: (change) => {
      const changed = change(memory.stored);
      if (!changed.ok) return changed;
      if (memory.refuses !== null) return err(failure(memory.refuses));
      if (changed.value.staff !== null) memory.stored = { staff: changed.value.staff, singlePin: null };
      for (const { kind, detail } of changed.value.notes) audit.append(kind, detail);
      return ok(changed.value.value);
    },
  };
  return memory;
}
