import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { PassportOnReader } from '../art/passport-on-reader.tsx';
import { chipBars, chipGuide, chipInstruction } from '../chip-guide.ts';
import { useEnvironment, useWords } from '../environment.ts';
import { Problem } from './problem.tsx';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

export type TravelChipView = Extract<KioskView, { screen: 'travel-chip' }>;

/** A passport on the reader: its chip takes some seconds, in which it has to stay. */
export function TravelChipScreen({ view }: { readonly view: TravelChipView }) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const guide = chipGuide(view);
  const { title, lead } = chipInstruction(guide, t);
  const skip = (
    <Button kind={guide === 'unreadable' ? 'primary' : 'secondary'} onPress={() => void act({ type: 'skip-chip' })}>
      {t('actions.skipChip')}
    </Button>
  );
  return (
    <Screen
      name="travel-chip"
      state={view.progress.step}
      {...(view.problem ? { reason: view.problem } : {})}
      title={title}
      figure={<PassportOnReader guide={guide} />}
      foot={<ChipProgressBar view={view} hidden={guide === 'unreadable'} />}
      actions={
        <Actions
          forward={
            <>
              <OtherMethodButton />
              {skip}
            </>
          }
          out={<CancelButton />}
        />
      }
    >
      <div className="chip-words">
        {view.problem && (guide === 'again' || guide === 'unreadable') ? (
          <Problem>
            <strong>{reasonText(view.problem, language, 'person')}</strong> {lead}
          </Problem>
        ) : (
          <p className="lead phrases">
            <Phrases text={lead} language={language} />
          </p>
        )}
      </div>
    </Screen>
  );
}

/** How far the chip has been read: a bar for each part, and which part it is. */
function ChipProgressBar({ view: { progress }, hidden }: { readonly view: TravelChipView; readonly hidden: boolean }) {
  const { t } = useWords();
  const bars = chipBars(progress);
  const percent = Math.round((100 * bars.reduce((sum, share) => sum + share, 0)) / bars.length);
  return (
    <div className="chip-progress" data-hidden={hidden || undefined}>
      <div
        className="chip-bars"
        role="progressbar"
        aria-label={t('chip.progress')}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={t(`chip.steps.${progress.step}`)}
      >
        {bars.map((share, index) => (
          <svg key={index} className="chip-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect className="chip-bar-whole" width="100" height="10" />
            <rect className="chip-bar-done" width={100 * share} height="10" />
          </svg>
        ))}
      </div>
      <p className="chip-step" aria-hidden="true">
        {t(`chip.steps.${progress.step}`)}
      </p>
    </div>
  );
}
