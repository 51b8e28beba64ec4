import { useCallback, useState } from 'react';
import type { AdminAnswers, AdminChannel } from '../../shared/ipc/admin.ts';
import { useAction, type Action, type AdminRequest } from './answers.ts';

/** One thing that the administrator does whose last good answer stays in view. */
export function useKept<C extends AdminChannel>(
  channel: C,
): Action<C> & { readonly value: AdminAnswers[C] | null; readonly forget: () => void } {
  const { phase, run, reset } = useAction(channel);
  const [value, setValue] = useState<AdminAnswers[C] | null>(null);
  const kept = useCallback(
    async (request: AdminRequest<C>) => {
      const answer = await run(request);
      if (answer.ok) setValue(() => answer.value);
      return answer;
    },
    [run],
  );
  const forget = useCallback(() => {
    setValue(null);
    reset();
  }, [reset]);
  return { phase, run: kept, reset, value, forget };
}
