import { Button } from '../../ui/button.tsx';
import { useEnvironment, useWords } from '../environment.ts';

/** A framed button on every screen, so that it is found again. */
export function OtherMethodButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return <Button onPress={() => void act({ type: 'other-method' })}>{t('actions.otherMethod')}</Button>;
}

/** To typing name and number in instead of laying a card down. */
export function TypeIdentityButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return <Button onPress={() => void act({ type: 'type-identity' })}>{t('actions.typeIdentity')}</Button>;
}

/** To the card's two sides before the camera instead of its chip on the reader. */
export function PhotographCardButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return <Button onPress={() => void act({ type: 'photograph-card' })}>{t('actions.photographCard')}</Button>;
}

export function TravelDocumentButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return <Button onPress={() => void act({ type: 'use-travel-document' })}>{t('actions.usePassport')}</Button>;
}

/** Back to the chip of the card. */
export function UseCardButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return (
    <Button kind="quiet" onPress={() => void act({ type: 'use-card' })}>
      {t('actions.useCard')}
    </Button>
  );
}

export function CancelButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return (
    <Button kind="quiet" onPress={() => void act({ type: 'cancel' })}>
      {t('actions.cancel')}
    </Button>
  );
}

export function DoneButton({
  secondsLeft,
  primary,
}: {
  readonly secondsLeft: number | null;
  readonly primary: boolean;
}) {
  const { act } = useEnvironment();
  const { t } = useWords();
  return (
    <Button kind={primary ? 'primary' : 'secondary'} onPress={() => void act({ type: 'done' })}>
      {t('actions.done')}
      {secondsLeft !== null && (
        <span className="countdown" aria-hidden="true">
          {secondsLeft}
        </span>
      )}
    </Button>
  );
}
