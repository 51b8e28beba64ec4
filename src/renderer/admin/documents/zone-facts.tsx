import type { ReactNode } from 'react';
import type { MachineReadableZone } from '../../../shared/domain/machine-readable-zone.ts';
import { Mark } from '../parts/mark.tsx';
import { Facts } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

/** What a machine-readable zone says, and what its check digits say of it. */
export function ZoneFacts({ zone }: { readonly zone: MachineReadableZone }): ReactNode {
  const { t } = useWords();
  const wrong = zone.failedChecks.map((field) => t(`documents.zoneField.${field}`)).join(t('documents.between'));
  const repairs = zone.repairs.map(({ line, column, from, to }) => `${line}:${column} ${from}→${to}`).join(' ');
  return (
    <>
      <pre className="zone-lines">{zone.lines.join('\n')}</pre>
      <Facts
        facts={[
          { name: t('documents.zone.name'), value: `${zone.surname} ${zone.givenNames}`.trim() },
          { name: t('documents.zone.number'), value: <span className="code">{zone.documentNumber}</span> },
          { name: t('documents.zone.state'), value: `${zone.documentCode} · ${zone.issuingState}` },
          { name: t('documents.zone.nationality'), value: zone.nationality },
          { name: t('documents.zone.birthDate'), value: zone.birthDate ?? '—' },
          { name: t('documents.zone.expiryDate'), value: zone.expiryDate ?? '—' },
          { name: t('documents.zone.sex'), value: t(`documents.zoneSex.${zone.sex}`) },
          {
            name: t('documents.zone.checks'),
            value:
              wrong === '' ? (
                <Mark tone="good">{t('documents.zone.checksGood')}</Mark>
              ) : (
                <Mark tone="bad">{t('documents.zone.checksBad', { fields: wrong })}</Mark>
              ),
          },
          ...(repairs === ''
            ? []
            : [{ name: t('documents.zone.repairs'), value: <span className="code">{repairs}</span> }]),
        ]}
      />
    </>
  );
}
