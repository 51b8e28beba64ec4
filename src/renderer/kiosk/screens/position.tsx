import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { PositionHint } from '../../../shared/ipc/kiosk-guidance.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions } from '../../ui/screen.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { useSteadyHint } from '../use-steady-hint.ts';
import { whatFollows } from './what-follows.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

type PositionView = Extract<KioskView, { screen: 'position' }>;

interface PositionWordsProps {
  readonly hint: PositionHint | null;
  readonly nameMasked: string | null;
  /** The camera is not there yet. */
  readonly opening: boolean;
}

/** One hint at a time; before the first, whom the kiosk looks at. */
export function PositionWords({ hint, nameMasked, opening }: PositionWordsProps) {
  const { t } = useWords();
  const shown = useSteadyHint(hint);
  if (shown) return t(`hints.${shown}`);
  if (opening) return t('position.opening');
  return nameMasked ? t('position.greeting', { name: nameMasked }) : t('position.title');
}

/** What comes next and, where it isn't the usual check, why. */
export function PositionCue({ view }: { readonly view: PositionView }) {
  const { t, language } = useWords();
  const { why, next, wayOut } = whatFollows(view, t);
  return (
    <div className={why ? 'cue-words notice' : 'cue-words'}>
      {why && <p className="phrases">{<Phrases text={why} language={language} />}</p>}
      <p className="cue-next phrases">
        <Phrases text={next} language={language} />
      </p>
      {wayOut && (
        <p className="cue-out phrases">
          <Phrases text={wayOut} language={language} />
        </p>
      )}
    </div>
  );
}

/** The ways past a check that the person can't or won't take; the check itself begins without a button. */
export function PositionActions({ view }: { readonly view: PositionView }) {
  const { act } = useEnvironment();
  const { t } = useWords();
  return (
    <Actions
      forward={
        <>
          {view.next === 'light' && view.mayAvoidFlashing && (
            <Button onPress={() => void act({ type: 'avoid-flashing' })}>{t('actions.avoidFlashing')}</Button>
          )}
          <OtherMethodButton />
        </>
      }
      out={<CancelButton />}
    />
  );
}
