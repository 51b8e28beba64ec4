import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { localDayOf } from '../store/local-day.ts';
import { liftAttemptLimit } from '../store/risk-queries.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import type { Installation } from './installation.ts';
import { policyRefusal } from './risk-policy.ts';
import { tryPolicy } from './risk-dry-run.ts';

export interface RiskHandlerParts {
  readonly installation: Pick<Installation, 'database' | 'settings' | 'audit'>;
  readonly clock: Clock;
  readonly onSettings: () => void;
}

type RiskChannel = 'admin:risk' | 'admin:save-risk' | 'admin:risk-dry-run' | 'admin:lift-limit';

/** Rules about risk as an administrator sees, changes and tries them. */
export function riskHandlers({ installation, clock, onSettings }: RiskHandlerParts): Pick<AdminHandlers, RiskChannel> {
  const { settings } = installation;
  return {
    'admin:risk': () => settings.read('risk'),
    'admin:save-risk': (policy) => {
      const refused = policyRefusal(settings, policy);
      if (!refused.ok) return refused;
      if (refused.value !== null) return err(failure('request.invalid', refused.value));
      const saved = settings.write('risk', policy);
      if (saved.ok) onSettings();
      return saved;
    },
    'admin:risk-dry-run': ({ policy, days }) => tryPolicy(installation, policy, days, clock.wallMs()),
    'admin:lift-limit': ({ certifyId }): Result<null, Failure> => {
      const nowMs = clock.wallMs();
      const lifted = liftAttemptLimit(installation, certifyId, localDayOf(nowMs), nowMs);
      return lifted.ok ? ok(null) : lifted;
    },
  };
}
