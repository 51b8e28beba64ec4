import type { HostedPages, OfferedPage } from '../../main/verifiers/hosted-pages.ts';
import type { HandOffPage } from '../../shared/domain/certification.ts';
import { NEEDED_MATERIALS, type Check } from '../../shared/domain/verification.ts';
import type { Policy } from '../../shared/protocol/kv1.ts';
import type { CheckDirectory } from '../sessions/check-directory.ts';

/** Which pages can be opened, and why the others can't. */
export interface OfferedPages {
  /** As the policy says it. */
  readonly handOffs: NonNullable<Policy['handOffs']>;
  readonly refusals: NonNullable<Policy['handOffRefusals']>;
  vendor(page: HandOffPage): HostedPages | null;
  /** Why this page can't be opened for this check, or null. */
  refusal(page: HandOffPage, check: Check): string | null;
}

/** What a phone gives, and what comes with the hand-off. */
const AT_HAND: ReadonlySet<string> = new Set(['face', 'identity', 'validity', 'phone', 'bank-card']);

/** @param ownRefusal why the own page can't be opened; null where it can */
export function offeredPages(
  ownRefusal: string | null,
  vendors: readonly OfferedPage[],
  checks: Pick<CheckDirectory, 'answering' | 'refusal'>,
): OfferedPages {
  const refusals: Partial<Record<HandOffPage, string>> = {};
  if (ownRefusal !== null) refusals.countersign = ownRefusal;
  for (const vendor of vendors) if ('refusal' in vendor) refusals[vendor.page] = vendor.refusal;
  const offered = vendors.flatMap((vendor) => ('offered' in vendor ? [vendor.offered] : []));
  const handOffs: HandOffPage[] = [...(ownRefusal === null ? ['countersign' as const] : []), ...offered.map(pageOf)];
  return {
    handOffs,
    refusals,
    vendor: (page) => offered.find((each) => each.page === page) ?? null,
    refusal: (page, check) => {
      if (!handOffs.includes(page)) return refusals[page] ?? 'this page is not configured';
      if (page !== 'countersign') {
        return check === 'face-authority' ? null : `the page of ${page} compares with the authority only, not ${check}`;
      }
      const beyond = NEEDED_MATERIALS[check].find((material) => !AT_HAND.has(material));
      if (beyond !== undefined) return `${check} needs ${beyond}, which a phone does not give`;
      if (!(NEEDED_MATERIALS[check] as readonly string[]).includes('face')) return `${check} needs no face`;
      return checks.answering(check).length > 0 ? null : `${check}: ${checks.refusal(check)}`;
    },
  };
}

function pageOf({ page }: HostedPages): HandOffPage {
  return page;
}
