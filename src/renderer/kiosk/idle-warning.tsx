import { useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { useEnvironment, useWords } from './environment.ts';

/** Asks whether somebody is still there, before the screen is wiped. */
export function IdleWarning({ seconds }: { readonly seconds: number }) {
  const { act } = useEnvironment();
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  return (
    <div className="idle">
      <div ref={box} className="idle-box" role="dialog" aria-modal="true" aria-labelledby="idle-title">
        <h2 id="idle-title" className="idle-title">
          {t('idle.title')}
        </h2>
        <p className="lead">{t('idle.lead', { count: seconds })}</p>
        <Button kind="primary" onPress={() => void act({ type: 'still-here' })}>
          {t('actions.needTime')}
        </Button>
      </div>
    </div>
  );
}
