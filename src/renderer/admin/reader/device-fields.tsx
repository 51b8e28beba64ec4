import type { ReactNode } from 'react';
import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { Field, TextField } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import { deviceFields, deviceOf, foundDevices, isSameDevice } from './device-choice.ts';
import type { ReaderDraft, ReaderField } from './reader-form.ts';
import { deviceWords } from './transport-words.ts';

interface FieldsProps {
  readonly draft: Draft<ReaderDraft>;
  readonly problems: Problems<ReaderField>;
}

const ID_FIELDS = ['vendorId', 'productId'] as const;
const PLACE_FIELDS = ['serialNumber', 'place'] as const;

/** The ids by hand, for a device that no search has found; folded away. */
function DeviceByHand(props: FieldsProps): ReactNode {
  const { t } = useWords();
  const { draft, problems } = props;
  const wrong = ID_FIELDS.some((field) => problems[field] !== undefined);
  return (
    <details className="advanced" open={wrong || undefined}>
      <summary>{t('reader.deviceByHand')}</summary>
      <div className="pair-grid">
        {ID_FIELDS.map((field) => (
          <TextField
            key={field}
            label={t(`reader.${field}`)}
            hint={t('reader.usbIdHint')}
            value={draft.value[field]}
            problem={problems[field]}
            onEdit={(text) => draft.edit({ [field]: text })}
            maxLength={4}
          />
        ))}
        {PLACE_FIELDS.map((field) => (
          <TextField
            key={field}
            label={t(`reader.${field}`)}
            hint={t(`reader.${field}Hint`)}
            value={draft.value[field]}
            onEdit={(text) => draft.edit({ [field]: text })}
            maxLength={200}
          />
        ))}
      </div>
    </details>
  );
}

/** A reader on the bus: one that was found, or its ids by hand. */
export function DeviceFields(
  props: FieldsProps & { readonly kind: 'usb' | 'hid'; readonly found: readonly DetectedReader[] },
): ReactNode {
  const { t } = useWords();
  const { draft } = props;
  const choices = foundDevices(props.found, props.kind);
  const device = deviceOf(draft.value);
  const chosen = device === null ? -1 : choices.findIndex((choice) => isSameDevice(choice.device, device));
  const hint = choices.length === 0 ? t('reader.noDevices') : t('reader.devicesFound', { n: choices.length });
  return (
    <>
      <Field label={t('reader.device')} hint={hint}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={chosen}
            onChange={({ target }) => draft.edit(deviceFields(choices[Number(target.value)]?.device ?? null))}
          >
            {chosen === -1 ? (
              <option value={-1}>{device === null ? t('reader.chooseDevice') : deviceWords(device, t)}</option>
            ) : null}
            {choices.map((choice, index) => (
              <option key={index} value={index}>
                {`${choice.label} · ${deviceWords(choice.device, t)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <DeviceByHand draft={draft} problems={props.problems} />
    </>
  );
}
