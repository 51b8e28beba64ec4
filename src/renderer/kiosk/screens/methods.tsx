import {
  ChevronRight,
  ConciergeBell,
  CreditCard,
  IdCard,
  QrCode,
  ScanFace,
  Smartphone,
  WalletCards,
} from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import type { FallbackMethod } from '../../../shared/domain/scene.ts';
import { Button } from '../../ui/button.tsx';
import { Actions } from '../../ui/screen.tsx';
import { useTight } from '../../ui/use-tight.ts';
import { useEnvironment, useWords } from '../environment.ts';
import { CancelButton } from './ways-out.tsx';

interface MethodsProps {
  readonly methods: readonly FallbackMethod[];
  readonly mayGoBack: boolean;
}

const ICONS = {
  'identity-check': IdCard,
  'phone-check': Smartphone,
  'bank-card-check': CreditCard,
  'bank-card-phone-check': WalletCards,
  'another-liveness': ScanFace,
  'phone-hand-off': QrCode,
} as const satisfies Record<FallbackMethod, ComponentType<object>>;

/** All ways to go on, one line each. The clerk is always the last of them and the largest. */
export function MethodsScreen({ methods, mayGoBack }: MethodsProps) {
  const { act } = useEnvironment();
  const { t } = useWords();
  const main = useTight<HTMLElement>('.methods');
  return (
    <main ref={main} className="screen methods-screen" data-screen="methods">
      <div className="methods-head">
        <h1 tabIndex={-1}>{t('methods.title')}</h1>
        <p className="lead">{t('methods.lead')}</p>
      </div>
      <ul className="methods" data-count={methods.length} aria-label={t('methods.list')}>
        {methods.map((method) => {
          const Icon = ICONS[method];
          return (
            <MethodRow
              key={method}
              icon={<Icon strokeWidth={1.5} />}
              name={t(`methods.names.${method}`)}
              note={t(`methods.notes.${method}`)}
              onPress={() => void act({ type: 'choose-method', method })}
            />
          );
        })}
        <MethodRow
          clerk
          icon={<ConciergeBell strokeWidth={1.5} />}
          name={t('actions.clerk')}
          note={t('methods.clerkNote')}
          onPress={() => void act({ type: 'choose-clerk' })}
        />
      </ul>
      <div className="screen-actions">
        <Actions
          out={
            <>
              {mayGoBack && (
                <Button kind="quiet" onPress={() => void act({ type: 'keep-going' })}>
                  {t('actions.goBack')}
                </Button>
              )}
              <CancelButton />
            </>
          }
        />
      </div>
    </main>
  );
}

interface MethodRowProps {
  readonly clerk?: boolean;
  readonly icon: ReactNode;
  readonly name: string;
  readonly note: string;
  readonly onPress: () => void;
}

/** The whole row is the target. */
function MethodRow({ clerk = false, icon, name, note, onPress }: MethodRowProps) {
  return (
    <li className="method-place" data-clerk={clerk || undefined}>
      <button type="button" className="method" onClick={onPress}>
        <span className="method-icon" aria-hidden="true">
          {icon}
        </span>
        <span className="method-words">
          <span className="method-name">{name}</span>
          <span className="method-note">{note}</span>
        </span>
        <span className="method-on" aria-hidden="true">
          <ChevronRight strokeWidth={1.75} />
        </span>
      </button>
    </li>
  );
}
