import type { ReactNode } from 'react';
import { READER_FORMS } from '../../../shared/domain/peripherals.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { CheckRow, RadioList } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import type { PeripheralsDraft, PeripheralsField } from './peripherals-form.ts';

interface FieldsProps {
  readonly draft: Draft<PeripheralsDraft>;
  readonly problems: Problems<PeripheralsField>;
}

/** How a card is given to this terminal's reader: what visitors see drawn, read and hear. */
export function ReaderFormFields({ draft }: Pick<FieldsProps, 'draft'>): ReactNode {
  const { t } = useWords();
  return (
    <Section title={t('peripherals.readerForm.title')}>
      <RadioList
        legend={t('peripherals.readerForm.legend')}
        value={draft.value.readerForm}
        onChoose={(readerForm) => draft.edit({ readerForm })}
        options={READER_FORMS.map((form) => ({
          value: form,
          label: t(`peripherals.readerForm.${form}`),
          note: t(`peripherals.readerForm.${form}Note`),
        }))}
      />
      <p className="muted">{t('peripherals.readerForm.note')}</p>
    </Section>
  );
}

/** Whether the kiosk goes from control to control for people who have one or two switches, and how fast. */
export function ScanFields({ draft, problems }: FieldsProps): ReactNode {
  const { t } = useWords();
  const { scans, scanSeconds } = draft.value;
  return (
    <Section title={t('peripherals.scan.title')}>
      <div className="check-alone">
        <CheckRow
          label={t('peripherals.scan.label')}
          note={t('peripherals.scan.labelNote')}
          checked={scans}
          onToggle={(on) => draft.edit({ scans: on })}
        />
      </div>
      {scans ? (
        <TextField
          label={t('peripherals.scan.seconds')}
          hint={t('peripherals.scan.secondsHint')}
          value={scanSeconds}
          problem={problems.scanSeconds}
          onEdit={(text) => draft.edit({ scanSeconds: text })}
          width="short"
          suffix={t('peripherals.scan.unit')}
          numeric
          maxLength={5}
        />
      ) : null}
      <p className="muted">{t(scans ? 'peripherals.scan.onNote' : 'peripherals.scan.offNote')}</p>
    </Section>
  );
}
