import { maskName, maskNumber } from '../shared/domain/masking.ts';
import type { MachineReadableZone } from '../shared/domain/machine-readable-zone.ts';
import type { ChipDocument, ChipSignature } from '../shared/domain/travel-document.ts';

function zoneFields(zone: MachineReadableZone, unmasked: boolean) {
  const { documentCode, issuingState, nationality, expiryDate, failedChecks } = zone;
  const name = [zone.surname, zone.givenNames].filter(Boolean).join(' ');
  return {
    documentCode,
    issuingState,
    nationality,
    name: unmasked ? name : maskName(name),
    documentNumber: unmasked ? zone.documentNumber : maskNumber(zone.documentNumber),
    birthDate: unmasked ? zone.birthDate : (zone.birthDate?.replace(/-\d\d-\d\d$/, '-**-**') ?? null),
    expiryDate,
    failedChecks,
  };
}

/** What a chip said, as JSON; the portrait by its size alone. */
export function chipJson(document: ChipDocument, unmasked: boolean) {
  const { access, signature, dataGroups, reader, tookMs, portrait } = document;
  return {
    access,
    zone: zoneFields(document.zone, unmasked),
    portrait:
      portrait.state === 'decoded'
        ? { original: portrait.original, width: portrait.picture.width, height: portrait.picture.height }
        : { error: portrait.reason },
    signature,
    dataGroups,
    reader,
    tookMs,
  };
}

/** What a chip said, as lines. */
export function chipText(document: ChipDocument, unmasked: boolean): string {
  const zone = zoneFields(document.zone, unmasked);
  const { portrait } = document;
  const face =
    portrait.state === 'decoded'
      ? `${portrait.original}, ${portrait.picture.width} × ${portrait.picture.height}`
      : `not decoded (${portrait.reason.code})`;
  const lines: readonly (readonly [string, string])[] = [
    ['opened by', document.access.toUpperCase()],
    ['document', `${zone.documentCode} of ${zone.issuingState}, number ${zone.documentNumber}`],
    ['name', zone.name],
    ['born', zone.birthDate ?? 'unknown'],
    ['expires', zone.expiryDate ?? 'unknown'],
    ['portrait', face],
    ['signature', signatureText(document.signature)],
    ['took', `${(document.tookMs / 1000).toFixed(1)} s on ${document.reader}`],
  ];
  return lines.map(([name, value]) => `${name.padEnd(10)} ${value}`).join('\n');
}

function signatureText(signature: ChipSignature): string {
  switch (signature.state) {
    case 'valid':
      return `valid (${signature.country})`;
    case 'unchecked':
      return `chip read, signature not checked (${signature.why})`;
    case 'forged':
      return `FORGED (${signature.why})`;
  }
}
