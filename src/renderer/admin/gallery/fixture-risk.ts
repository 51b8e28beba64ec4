import { DEFAULT_RISK_POLICY, type RiskPolicy } from '../../../shared/domain/risk.ts';
import type { RiskDryRun } from '../../../shared/ipc/admin-schemes.ts';
import type { GalleryCase } from './gallery-case.ts';
import { FIXTURE_ROWS } from './fixture-records.ts';

export function fixtureRisk(which: GalleryCase): RiskPolicy {
  if (which === 'empty') return { rules: [], rememberFaces: false };
  const more: RiskPolicy['rules'] = [
    {
      id: 'face-with-many-numbers',
      enabled: true,
      sceneIds: ['coupon-2026', 'registration'],
      when: { kind: 'face-numbers', atLeast: 2, hours: 24 },
      effect: { kind: 'step-up', scheme: 'LightIdentity' },
    },
    {
      id: 'opening-hours',
      enabled: false,
      sceneIds: null,
      when: { kind: 'hours', from: '08:30', to: '17:30' },
      effect: { kind: 'block' },
    },
  ];
  return { rules: [...DEFAULT_RISK_POLICY.rules, ...more], rememberFaces: which !== 'troubled' };
}

/** What the rules find among the gallery's records. */
export function fixtureDryRun(policy: RiskPolicy, which: GalleryCase): RiskDryRun {
  if (which === 'empty') return { records: 0, untried: [], hits: [] };
  const isTried = (kind: string): boolean => kind !== 'number-faces' && kind !== 'face-numbers';
  const on = policy.rules.filter(({ enabled }) => enabled);
  return {
    records: FIXTURE_ROWS.length,
    untried: on.filter(({ when }) => !isTried(when.kind)).map(({ id }) => id),
    hits: on
      .filter(({ when }) => isTried(when.kind))
      .slice(0, which === 'troubled' ? 3 : 1)
      .map(({ id, when, effect }, index) => ({
        rule: id,
        effect: effect.kind,
        count: 7 - index * 3,
        passed: 2 - index,
        examples: FIXTURE_ROWS.slice(index, index + 4).map((row, n) => ({
          certifyId: row.certifyId,
          atMs: row.startedAtMs,
          finding: {
            rule: id,
            kind: when.kind,
            effect: effect.kind,
            measured: 'atLeast' in when ? when.atLeast + n : null,
            limit: 'atLeast' in when ? when.atLeast : null,
          },
        })),
      })),
  };
}
