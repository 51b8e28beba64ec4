import { useState, type ReactNode } from 'react';
import { maskBankCardNumber } from '../../../shared/domain/bank-card.ts';
import { maskName, maskNumber } from '../../../shared/domain/masking.ts';
import type { DocumentReading } from '../../../shared/domain/document-reading.ts';
import type { AdminAnswers } from '../../../shared/ipc/admin.ts';
import { isFailureCode } from '../../../shared/reasons.ts';
import { useAction } from '../answers.ts';
import { Field } from '../parts/field.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Facts, type Fact } from '../parts/page.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';
import { MemoryPicture } from './memory-picture.tsx';
import { shownFields, type FieldName, type ShownField } from './reading-fields.ts';
import { WarningList } from './warning-list.tsx';
import { ZoneFacts } from './zone-facts.tsx';

type Read = AdminAnswers['admin:read-document'];
type Values = Readonly<Partial<Record<FieldName, string>>>;

const HINTS = { birthDate: 'dateHint', validFrom: 'dateHint', validTo: 'untilHint', expiry: 'monthHint' } as const;

/** The straightened card with a frame around every field that was found. */
function ReadPicture({ reading }: { readonly reading: DocumentReading }): ReactNode {
  const { t } = useWords();
  return (
    <div className="read-picture">
      <MemoryPicture picture={reading.picture} alt={t('documents.picture')} />
      {shownFields(reading).map(({ name, box, doubt }) =>
        box === null ? null : (
          <svg
            key={name}
            className="field-box"
            data-doubt={doubt !== null || undefined}
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect
              x={100 * box.x}
              y={100 * box.y}
              width={100 * box.width}
              height={100 * box.height}
              vectorEffect="non-scaling-stroke"
            />
          </svg>
        ),
      )}
    </div>
  );
}

function FieldRow(props: {
  readonly field: ShownField;
  readonly value: string;
  readonly onEdit: (value: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { name, confidence, doubt } = props.field;
  const hint = name in HINTS ? t(`documents.${HINTS[name as keyof typeof HINTS]}`) : '';
  return (
    <div className="read-field" data-doubt={doubt !== null || undefined}>
      <Field label={t(`documents.field.${name}`)} hint={hint}>
        {(control) =>
          name === 'sex' ? (
            <select
              {...control}
              className="input"
              value={props.value}
              onChange={({ target }) => props.onEdit(target.value)}
            >
              {['', 'male', 'female'].map((sex) => (
                <option key={sex} value={sex}>
                  {sex === '' ? '—' : t(`documents.sex.${sex as 'male' | 'female'}`)}
                </option>
              ))}
            </select>
          ) : name === 'address' ? (
            <textarea
              {...control}
              className="input"
              rows={2}
              spellCheck={false}
              maxLength={120}
              value={props.value}
              onChange={({ target }) => props.onEdit(target.value)}
            />
          ) : (
            <input
              {...control}
              className="input"
              type="text"
              autoComplete="off"
              spellCheck={false}
              maxLength={120}
              value={props.value}
              onChange={({ target }) => props.onEdit(target.value)}
            />
          )
        }
      </Field>
      {doubt === null ? (
        <Mark tone="good">{t('documents.sure', { n: Math.floor(100 * confidence) })}</Mark>
      ) : (
        <Mark tone="warning">{t(`documents.doubt.${doubt}`)}</Mark>
      )}
    </div>
  );
}

function bankFacts(reading: DocumentReading, t: Translate): readonly Fact[] {
  if (reading.page !== 'bank-card') return [];
  const { issuer, type, cardName } = reading.issue;
  const kind = type === null ? null : t(`documents.cardType.${type}`);
  const issue = [issuer, kind, cardName].filter((part) => part !== null).join(' · ');
  const embossed = reading.embossed === null ? '—' : t(reading.embossed ? 'documents.yes' : 'documents.no');
  return [
    { name: t('documents.issue'), value: issue === '' ? t('documents.unknownIssuer') : issue },
    { name: t('documents.embossed'), value: embossed },
  ];
}

/** What stays on the page once it is confirmed: masked, like everywhere after use. */
export interface ConfirmedReading {
  readonly facts: readonly { readonly name: FieldName; readonly masked: string }[];
  readonly touched: readonly FieldName[];
}

function maskedFacts(reading: DocumentReading, values: Values): ConfirmedReading['facts'] {
  const { name, number, holder } = values;
  const mask = reading.page === 'bank-card' ? maskBankCardNumber : maskNumber;
  return [
    ...(name ? [{ name: 'name' as const, masked: maskName(name) }] : []),
    ...(holder ? [{ name: 'holder' as const, masked: maskName(holder) }] : []),
    ...(number ? [{ name: 'number' as const, masked: mask(number) }] : []),
  ];
}

/** What was read, to be compared with the document, put right where needed, and confirmed. */
export function ReadingResult(props: {
  readonly read: Read;
  readonly onConfirmed: (confirmed: ConfirmedReading) => void;
  readonly onDrop: () => void;
}): ReactNode {
  const { t } = useWords();
  const { readingId, reading } = props.read;
  const fields = shownFields(reading);
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(fields.map(({ name, text }) => [name, text ?? ''])),
  );
  const { phase, run } = useAction('admin:confirm-document');
  const confirm = async (): Promise<void> => {
    const confirmed = await run({ readingId, values });
    if (!confirmed.ok) return;
    const touched = confirmed.value.corrections.map(({ field }) => field);
    props.onConfirmed({ facts: maskedFacts(reading, values), touched });
  };
  const failed = phase.state === 'failed' ? phase.failure : null;
  const wrong = fields.find(({ name }) => failed?.code === 'request.invalid' && failed.detail === name);
  return (
    <>
      <ReadPicture reading={reading} />
      <p className="muted read-time">{t('documents.took', { n: Math.round(reading.tookMs) })}</p>
      {reading.page === 'travel-document' ? <ZoneFacts zone={reading.zone} /> : null}
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          onEdit={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <Facts facts={bankFacts(reading, t)} />
      <WarningList page={reading.page} warnings={reading.warnings} />
      {wrong ? (
        <Notice kind="warning">{t('documents.wrongField', { field: t(`documents.field.${wrong.name}`) })}</Notice>
      ) : null}
      {failed && !wrong && isFailureCode(failed.code) ? <FailureNote failure={failed} /> : null}
      <div className="confirm-bar">
        <button
          type="button"
          className="button button-primary"
          disabled={phase.state === 'running'}
          onClick={() => void confirm()}
        >
          {t('documents.confirm')}
        </button>
        <button type="button" className="button" onClick={props.onDrop}>
          {t('documents.dropIt')}
        </button>
      </div>
    </>
  );
}
