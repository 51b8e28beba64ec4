import type { ReactNode } from 'react';
import { grouped } from '../formats.ts';

/** A key's fingerprint in groups of four, for comparing by eye or reading out. */
export function FingerprintGroups(props: { readonly fingerprint: string }): ReactNode {
  const { fingerprint } = props;
  return (
    <span className="code fingerprint">{/^[0-9a-f]+$/i.test(fingerprint) ? grouped(fingerprint) : fingerprint}</span>
  );
}
