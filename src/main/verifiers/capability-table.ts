import { noOperation } from '../../shared/domain/scheme-service.ts';
import {
  CHECKS,
  type Capability,
  type Check,
  type VerifierCapabilities,
  type VerifierId,
} from '../../shared/domain/verification.ts';
import { serviceRefusalText } from '../../shared/service-refusal-texts.ts';

/** One operation of one verifier, as a row of the table. */
export interface CapabilityRow {
  readonly check: Check;
  readonly verifier: VerifierId;
  readonly operation: string;
  readonly basis: Capability['basis'];
  readonly pictures: string;
  readonly clip: string;
  readonly billed: boolean;
  readonly queryable: boolean;
  readonly threshold: string;
}

/**
 * Why a verifier doesn't answer a check, for whoever configures; null when it does. A verifier that says nothing about
 * a check doesn't answer it.
 */
export function refusalOf({ verifier, checks, refusals }: VerifierCapabilities, check: Check): string | null {
  if (checks.some((offered) => offered.check === check)) return null;
  return serviceRefusalText(refusals[check] ?? noOperation(verifier, check), 'en');
}

/** All operations of some verifiers, by check. */
export function capabilityRows(verifiers: readonly VerifierCapabilities[]): readonly CapabilityRow[] {
  return CHECKS.flatMap((check) =>
    verifiers.flatMap(({ verifier, checks }) =>
      checks.filter((offered) => offered.check === check).map((offered) => rowOf(verifier, offered)),
    ),
  );
}

function rowOf(verifier: VerifierId, capability: Capability): CapabilityRow {
  const { check, operation, basis, pictures, clip, billed, queryable, score } = capability;
  const threshold = score === null ? '–' : `${score.threshold ?? 'scene'} of ${score.scale}`;
  return {
    check,
    verifier,
    operation,
    basis,
    pictures: limitsText(pictures),
    clip: clip ?? '–',
    billed,
    queryable,
    threshold,
  };
}

function limitsText(limits: Capability['pictures']): string {
  if (limits === null) return '–';
  const { formats, maxBytes, minShortSide, maxLongSide, uprightOnly } = limits;
  const sides = `${minShortSide}–${maxLongSide} px`;
  return `${formats.join('/')}, ${Math.floor(maxBytes / 1_000)} kB, ${sides}${uprightOnly ? ', upright' : ''}`;
}

/** The table as Markdown, for the documentation. */
export function capabilityMarkdown(verifiers: readonly VerifierCapabilities[]): string {
  const head = ['check', 'verifier', 'operation', 'basis', 'pictures', 'clip', 'billed', 'can be queried', 'threshold'];
  const rows = capabilityRows(verifiers).map((row) => [
    `\`${row.check}\``,
    row.verifier,
    row.operation,
    row.basis,
    row.pictures,
    row.clip,
    row.billed ? 'yes' : 'no',
    row.queryable ? 'yes' : 'no',
    row.threshold,
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

/** What is refused and why, as Markdown; one line for a verifier that answers nothing from here. */
export function refusalMarkdown(verifiers: readonly VerifierCapabilities[]): string {
  const lines = verifiers.flatMap((capabilities) => {
    const { verifier, checks, refusals } = capabilities;
    const refused = CHECKS.filter((check) => Object.hasOwn(refusals, check));
    const [first] = refused;
    if (checks.length === 0 && first !== undefined)
      return [`| ${verifier} | all | ${refusalOf(capabilities, first) ?? ''} |`];
    return refused.map((check) => `| ${verifier} | \`${check}\` | ${refusalOf(capabilities, check) ?? ''} |`);
  });
  return `${['| verifier | check | why not |', '| --- | --- | --- |', ...lines].join('\n')}\n`;
}
