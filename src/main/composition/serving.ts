import { AsyncLocalStorage } from 'node:async_hooks';
import type { StaffMember } from '../../shared/domain/staff.ts';

/** Whom of the staff the program is serving right now. */
export interface Serving {
  /** Runs `task` for somebody; it is over when its answer is there, whatever it has set going. */
  run<T>(staff: StaffMember, task: () => T): T;
  /** Null while nobody is served: what the program does by itself, and what a visitor does. */
  staff(): StaffMember | null;
}

/** Follows a task through its promises and callbacks, so that tasks side by side each have their own person. */
export function createServing(): Serving {
  const storage = new AsyncLocalStorage<{ staff: StaffMember | null }>();
  return {
    run: (staff, task) => {
      // Timers that a task sets outlive it; what they do is nobody's doing.
      const context: { staff: StaffMember | null } = { staff };
      const over = (): void => {
        context.staff = null;
      };
      return storage.run(context, () => {
        let answer;
        try {
          answer = task();
        } catch (error) {
          over();
          throw error;
        }
        if (answer instanceof Promise) void answer.then(over, over);
        else over();
        return answer;
      });
    },
    staff: () => storage.getStore()?.staff ?? null,
  };
}
