import { useState } from 'react';
import { guardianAgreementsOf } from '../../../shared/consent-notice.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckRow } from '../../ui/check-row.tsx';
import { GuardianAndChild } from '../art/guardian-and-child.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { CancelButton } from './ways-out.tsx';

export type GuardianConsentView = Extract<KioskView, { screen: 'guardian-consent' }>;

/** A guardian agrees for a child: their own ticks, none of which stands already. */
export function GuardianConsentScreen({ view }: { readonly view: GuardianConsentView }) {
  const { act } = useEnvironment();
  const { t } = useWords();
  const [ticks, setTicks] = useState({ capture: false, transmit: false, returnFace: false });
  const { capture, transmit, returnFace } = ticks;
  const given = { capture, transmit, ...(view.returnsFace && { returnFace }) };
  const agreements = guardianAgreementsOf(view, view.language);
  return (
    <Screen
      name="guardian-consent"
      title={t('guardian.consent.title')}
      figureFirst
      figure={<People view={view} />}
      foot={
        <div className="consents" data-count={agreements.length}>
          {agreements.map(({ id, label, detail }) => (
            <CheckRow
              key={id}
              checked={ticks[id]}
              onChange={(on) => setTicks({ ...ticks, [id]: on })}
              label={label}
              detail={detail}
            />
          ))}
        </div>
      }
      actions={
        <Actions
          forward={
            <>
              <Button onPress={() => void act({ type: 'refuse-consent' })}>{t('actions.otherMethod')}</Button>
              <Button
                kind="primary"
                disabled={!capture}
                onPress={() => void act({ type: 'guardian-agrees', ...given })}
              >
                {t('actions.agree')}
              </Button>
            </>
          }
          out={<CancelButton />}
        />
      }
    />
  );
}

/** Who agrees for whom, masked as everywhere. */
function People({ view }: { readonly view: GuardianConsentView }) {
  const { t } = useWords();
  return (
    <div className="people-place">
      <GuardianAndChild />
      <dl className="facts people" aria-label={t('guardian.consent.people')}>
        <div className="fact">
          <dt>{t('guardian.consent.guardian')}</dt>
          <dd className="person-name">{view.nameMasked}</dd>
        </div>
        <div className="fact">
          <dt>{t('guardian.consent.child')}</dt>
          <dd className="person-name">{view.childMasked ?? t('guardian.consent.childUnnamed')}</dd>
        </div>
        <div className="fact">
          <dt>{t('guardian.consent.choiceLabel')}</dt>
          <dd>{t('guardian.consent.choice')}</dd>
        </div>
      </dl>
    </div>
  );
}
