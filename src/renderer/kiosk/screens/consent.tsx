import { useState } from 'react';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckRow } from '../../ui/check-row.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { ReadAloud } from '../speech/read-aloud.tsx';
import { retentionText, type Retention } from './retention-text.ts';
import { CancelButton } from './ways-out.tsx';

interface ConsentScreenProps extends ConsentFactsProps {
  readonly elder: boolean;
  /** What the second consent covers. */
  readonly sends: 'record' | 'identity' | 'face' | 'video';
}

interface ConsentFactsProps extends Retention {
  readonly purpose: string;
}

/** Two consents, each its own and unticked; saying no is as large as saying yes. */
export function ConsentScreen({ elder, sends, ...facts }: ConsentScreenProps) {
  const { act } = useEnvironment();
  const { t } = useWords();
  const [capture, setCapture] = useState(false);
  const [transmit, setTransmit] = useState(false);
  return (
    <Screen
      name="consent"
      title={t('consent.title')}
      figure={<ConsentFacts {...facts} />}
      actions={
        <Actions
          forward={
            <>
              <Button onPress={() => void act({ type: 'refuse-consent' })}>{t('actions.otherMethod')}</Button>
              <Button
                kind="primary"
                disabled={!capture}
                onPress={() => void act({ type: 'consent', capture, transmit })}
              >
                {t('actions.agree')}
              </Button>
            </>
          }
          out={
            <>
              <ReadAloud elder={elder} sends={sends} {...facts} />
              <CancelButton />
            </>
          }
        />
      }
    >
      <div className="consents">
        <CheckRow
          checked={capture}
          onChange={setCapture}
          label={t('consent.capture')}
          detail={t('consent.captureDetail')}
        />
        <CheckRow
          checked={transmit}
          onChange={setTransmit}
          label={t(`consent.transmit.${sends}`)}
          detail={t(`consent.transmitDetail.${sends}`)}
        />
      </div>
    </Screen>
  );
}

function ConsentFacts({ purpose, ...retention }: ConsentFactsProps) {
  const { t } = useWords();
  return (
    <dl className="facts" aria-label={t('consent.facts')}>
      <dt>{t('consent.purposeLabel')}</dt>
      <dd>{purpose}</dd>
      <dt>{t('consent.retentionLabel')}</dt>
      <dd>{retentionText(retention, t)}</dd>
      <dt>{t('consent.choiceLabel')}</dt>
      <dd>{t('consent.choice')}</dd>
    </dl>
  );
}
