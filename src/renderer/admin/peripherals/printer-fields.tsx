import type { ReactNode } from 'react';
import type { PrinterChoice } from '../../../shared/ipc/admin-devices.ts';
import { useAction, type Answer } from '../answers.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { RadioList, type Option } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';
import {
  isGone,
  NO_PRINTER,
  parsePeripherals,
  type PeripheralsDraft,
  type PeripheralsField,
} from './peripherals-form.ts';

function optionsOf(printer: string, found: readonly PrinterChoice[], t: Translate): readonly Option<string>[] {
  const plugged = found.map(({ name, displayName, isDefault }) => ({
    value: name,
    label: displayName,
    ...(isDefault ? { note: t('peripherals.printer.default') } : {}),
  }));
  const gone = isGone(printer, found) ? [{ value: printer, label: printer, note: t('peripherals.printer.gone') }] : [];
  const none = { value: NO_PRINTER, label: t('peripherals.printer.none'), note: t('peripherals.printer.noneNote') };
  return [none, ...plugged, ...gone];
}

/** Prints a page on the printer and paper as they stand in the form. */
function TestPage({ draft }: { readonly draft: PeripheralsDraft }): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:print-test');
  const result = parsePeripherals(draft);
  const ready = result.ok && result.value.printer !== null;
  const print = (): void => {
    if (result.ok && result.value.printer !== null) {
      void run({ printer: result.value.printer, paperWidthMm: result.value.paperWidthMm });
    }
  };
  return (
    <>
      <button type="button" className="button" disabled={!ready || phase.state === 'running'} onClick={print}>
        {t('peripherals.printer.test')}
      </button>
      <p role="status">
        {phase.state === 'running' ? t('peripherals.printer.testing') : null}
        {phase.state === 'done' ? t('peripherals.printer.tested') : null}
      </p>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
    </>
  );
}

/** Which printer takes receipts, and how wide its paper is. */
export function PrinterFields(props: {
  readonly draft: Draft<PeripheralsDraft>;
  readonly problems: Problems<PeripheralsField>;
  readonly printers: Answer<readonly PrinterChoice[]>;
}): ReactNode {
  const { t } = useWords();
  const { draft, problems, printers } = props;
  return (
    <Section title={t('peripherals.printer.title')}>
      <Loaded answer={printers}>
        {(found) => (
          <>
            {found.length === 0 ? <Notice kind="info">{t('peripherals.printer.noneFound')}</Notice> : null}
            <RadioList
              legend={t('peripherals.printer.legend')}
              value={draft.value.printer}
              onChoose={(printer) => draft.edit({ printer })}
              options={optionsOf(draft.value.printer, found, t)}
            />
          </>
        )}
      </Loaded>
      <button type="button" className="button printer-again" disabled={printers.refreshing} onClick={printers.reload}>
        {t('peripherals.printer.refresh')}
      </button>
      <TextField
        label={t('peripherals.printer.width')}
        hint={t('peripherals.printer.widthHint')}
        value={draft.value.paperWidthMm}
        problem={problems.paperWidthMm}
        onEdit={(paperWidthMm) => draft.edit({ paperWidthMm })}
        width="short"
        suffix="mm"
        numeric
        maxLength={4}
      />
      <TestPage draft={draft.value} />
    </Section>
  );
}
