import { useEffect, useRef, useState, type ReactNode } from 'react';
import { SiteMark } from '../shell/site-mark.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWords } from '../words.tsx';

/** The quiet frame around the PIN forms; the first field has the focus. */
export function GateFrame(props: {
  readonly title: string;
  readonly summary: string;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const frame = useRef<HTMLElement>(null);
  useEffect(() => frame.current?.querySelector<HTMLElement>('form input')?.focus(), []);
  return (
    <main className="gate" ref={frame}>
      <div className="gate-top">
        <span className="brand">
          <SiteMark /> {t('app.name')}
        </span>
        <LanguageSwitch />
      </div>
      <div className="gate-box">
        <h1>{props.title}</h1>
        <p className="muted">{props.summary}</p>
        {props.children}
      </div>
    </main>
  );
}

/** Digits only, because a PIN pad sends nothing else; anything else typed is dropped. */
export function usePinText(): readonly [string, (typed: string) => void] {
  const [pin, setPin] = useState('');
  return [pin, (typed) => setPin(typed.replace(/\D/g, '').slice(0, 12))];
}
