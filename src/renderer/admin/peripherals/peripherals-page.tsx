import { useId, type ReactNode } from 'react';
import type { Peripherals } from '../../../shared/domain/peripherals.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft, type Draft } from '../drafts.tsx';
import { Loaded, Page, Section } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useParsedForm } from '../use-parsed-form.ts';
import { useWords } from '../words.tsx';
import { ReaderFormFields, ScanFields } from './kiosk-fields.tsx';
import { MicrophoneSection } from './microphone-section.tsx';
import { parsePeripherals, peripheralsDraft, type PeripheralsDraft } from './peripherals-form.ts';
import { PrinterFields } from './printer-fields.tsx';
import { VoicesSection } from './voices-section.tsx';

const STEPS = 20;

/** How loud the kiosk speaks. */
function VolumeField({ draft }: { readonly draft: Draft<PeripheralsDraft> }): ReactNode {
  const { t } = useWords();
  const id = useId();
  const percent = Math.round(draft.value.volume * 100);
  return (
    <Section title={t('peripherals.volume.title')}>
      <label htmlFor={id}>{t('peripherals.volume.label')}</label>
      <div className="slider-row">
        <input
          id={id}
          type="range"
          min={0}
          max={STEPS}
          value={Math.round(draft.value.volume * STEPS)}
          aria-valuetext={t('peripherals.volume.percent', { n: percent })}
          onChange={({ target }) => draft.edit({ volume: Number(target.value) / STEPS })}
        />
        <output htmlFor={id}>{t('peripherals.volume.percent', { n: percent })}</output>
      </div>
      <p className="muted">{t('peripherals.volume.note')}</p>
    </Section>
  );
}

function PeripheralsForm(props: {
  readonly saved: Peripherals;
  readonly onSaved: (saved: Peripherals) => void;
}): ReactNode {
  const draft = useDraft('peripherals', peripheralsDraft(props.saved));
  const printers = useAnswer('admin:printers', null);
  const { problems, form } = useParsedForm({
    draft,
    parse: parsePeripherals,
    action: useAction('admin:save-peripherals'),
    onSaved: props.onSaved,
  });
  return (
    <div className="columns">
      <SettingsForm {...form}>
        <VolumeField draft={draft} />
        <ReaderFormFields draft={draft} />
        <ScanFields draft={draft} problems={problems} />
        <PrinterFields draft={draft} problems={problems} printers={printers} />
      </SettingsForm>
      <div>
        <VoicesSection volume={draft.value.volume} />
        <ChangeableBy right="test-devices">
          <MicrophoneSection />
        </ChangeableBy>
      </div>
    </div>
  );
}

/** What visitors hear, what the terminal hears of them, and what it prints. */
export function PeripheralsPage(): ReactNode {
  const { t } = useWords();
  const saved = useAnswer('admin:peripherals', null);
  return (
    <Page title={t('section.peripherals')} summary={t('peripherals.summary')}>
      <Loaded answer={saved}>{(value) => <PeripheralsForm saved={value} onSaved={saved.replace} />}</Loaded>
    </Page>
  );
}
