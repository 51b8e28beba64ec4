import { Screen } from '../../ui/screen.tsx';
import { useWords } from '../environment.ts';

/** Until the main process has said what to show. */
export function StartingScreen() {
  const { t } = useWords();
  return (
    <div className="frame">
      <div className="frame-rest frame-bare">
        <Screen name="starting" title={t('starting.title')}>
          <p className="lead">{t('starting.lead')}</p>
        </Screen>
      </div>
    </div>
  );
}
