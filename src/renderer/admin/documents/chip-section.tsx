import { useEffect, useState, type ReactNode } from 'react';
import type { MachineReadableZone } from '../../../shared/domain/machine-readable-zone.ts';
import type { ChipDocument, ChipProgress } from '../../../shared/domain/travel-document.ts';
import { ask, useAction, useAnswer, usePolling } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Section } from '../parts/page.tsx';
import type { Tone } from '../parts/tone.ts';
import { useWords } from '../words.tsx';
import { BLANK_KEY, keyDraftOf, parseKey, type KeyDraft } from './chip-key.ts';
import { MemoryPicture } from './memory-picture.tsx';
import { ZoneFacts } from './zone-facts.tsx';

const READERS_EVERY_MS = 3_000;
const PROGRESS_EVERY_MS = 500;
const SIGNATURE_TONES: Readonly<Record<ChipDocument['signature']['state'], Tone>> = {
  valid: 'good',
  unchecked: 'warning',
  forged: 'bad',
};

function Readers(): ReactNode {
  const { t } = useWords();
  const readers = useAnswer('admin:chip-readers', null);
  usePolling(readers.reload, READERS_EVERY_MS);
  if (readers.failure !== null) return <FailureNote failure={readers.failure} onRetry={readers.reload} />;
  const found = readers.value ?? [];
  if (found.length === 0) return <Mark tone="off">{t('documents.chip.noReaders')}</Mark>;
  return (
    <div className="chip-readers">
      <Facts
        facts={found.map(({ name, documentPresent }) => ({
          name,
          value: t(documentPresent ? 'documents.chip.present' : 'documents.chip.empty'),
        }))}
      />
    </div>
  );
}

function ReadChip({ chip }: { readonly chip: ChipDocument }): ReactNode {
  const { t } = useWords();
  const { signature, portrait } = chip;
  const why = signature.state === 'valid' ? '' : t(`documents.chip.why.${signature.why}`);
  const country = signature.state === 'valid' ? signature.country : '';
  return (
    <>
      <div className="chip-read">
        {portrait.state === 'decoded' ? (
          <MemoryPicture picture={portrait.picture} alt={t('documents.chip.portrait')} />
        ) : (
          <p className="muted">{t('documents.chip.noPortrait')}</p>
        )}
        <Facts
          facts={[
            {
              name: t('documents.chip.signature'),
              value: (
                <Mark tone={SIGNATURE_TONES[signature.state]}>
                  {t(`documents.chip.signatureState.${signature.state}`, { country, why })}
                </Mark>
              ),
            },
            {
              name: t('documents.chip.access'),
              value: `${chip.access.toUpperCase()} · DG ${chip.dataGroups.join(' ')}`,
            },
          ]}
        />
      </div>
      <ZoneFacts zone={chip.zone} />
    </>
  );
}

/** Reads the chip of a passport with the key from its machine-readable lines. */
export function ChipSection(props: {
  readonly enabled: boolean;
  readonly zone: MachineReadableZone | null;
}): ReactNode {
  const { t } = useWords();
  const { bridge } = useEnvironment();
  const [typed, setTyped] = useState<KeyDraft | null>(null);
  const [swiped, setSwiped] = useState<MachineReadableZone | null>(null);
  const [problems, setProblems] = useState<Problems<keyof KeyDraft>>({});
  const [chip, setChip] = useState<ChipDocument | null>(null);
  const [progress, setProgress] = useState<ChipProgress | null>(null);
  const { phase, run } = useAction('admin:read-chip');
  const zone = swiped ?? props.zone;
  const draft = typed ?? (zone === null ? BLANK_KEY : keyDraftOf(zone));

  useEffect(() => {
    const timer = setInterval(() => {
      void ask(bridge, 'admin:chip-progress', null).then((answer) => {
        if (!answer.ok) return;
        setProgress(answer.value.progress);
        if (answer.value.zone === null) return;
        setSwiped(answer.value.zone);
        setTyped(null);
      });
    }, PROGRESS_EVERY_MS);
    return () => clearInterval(timer);
  }, [bridge]);

  const read = async (): Promise<void> => {
    const key = parseKey(draft);
    setProblems(key.ok ? {} : key.problems);
    if (!key.ok) return;
    setChip(null);
    const answer = await run({ key: key.value });
    if (answer.ok) setChip(answer.value);
  };
  const running = phase.state === 'running';
  const edit = (patch: Partial<KeyDraft>): void => setTyped({ ...draft, ...patch });
  return (
    <Section title={t('documents.chip.title')}>
      <p className="muted">{t(props.enabled ? 'documents.chip.lead' : 'documents.chip.off')}</p>
      {props.enabled ? (
        <>
          <Readers />
          <TextField
            label={t('documents.chip.number')}
            value={draft.documentNumber}
            maxLength={22}
            problem={problems.documentNumber}
            onEdit={(documentNumber) => edit({ documentNumber: documentNumber.toUpperCase() })}
          />
          <div className="pair-grid">
            <TextField
              label={t('documents.chip.birthDate')}
              value={draft.birthDate}
              hint={t('documents.chip.shortDate')}
              numeric
              maxLength={6}
              problem={problems.birthDate}
              onEdit={(birthDate) => edit({ birthDate })}
            />
            <TextField
              label={t('documents.chip.expiryDate')}
              value={draft.expiryDate}
              hint={t('documents.chip.shortDate')}
              numeric
              maxLength={6}
              problem={problems.expiryDate}
              onEdit={(expiryDate) => edit({ expiryDate })}
            />
          </div>
          <button type="button" className="button" disabled={running} onClick={() => void read()}>
            {t('documents.chip.read')}
          </button>
          <div className="capture-outcome" role="status">
            {running ? <Mark tone="waiting">{t(`documents.chip.step.${progress?.step ?? 'waiting'}`)}</Mark> : null}
            {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
          </div>
          {chip === null ? null : <ReadChip chip={chip} />}
        </>
      ) : null}
    </Section>
  );
}
