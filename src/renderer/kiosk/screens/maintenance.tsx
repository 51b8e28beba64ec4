import type { ReasonCode } from '../../../shared/reasons.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Counter } from '../art/counter.tsx';
import { useWords } from '../environment.ts';
import { StaffLine } from './reason-code.tsx';

export function MaintenanceScreen({ reason }: { readonly reason: ReasonCode }) {
  const { t, language } = useWords();
  return (
    <Screen
      name="maintenance"
      reason={reason}
      title={t('maintenance.title')}
      figure={<Counter />}
      foot={<StaffLine reason={reason} />}
    >
      <p className="lead phrases">
        <Phrases
          text={`${reasonText(reason, language, 'person')}${language === 'en' ? ' ' : ''}${t('maintenance.lead')}`}
          language={language}
        />
      </p>
    </Screen>
  );
}
