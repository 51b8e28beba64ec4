import { useState, type ReactNode } from 'react';
import { useShortcuts } from '../use-shortcuts.ts';
import { useWords } from '../words.tsx';
import { CasePanel } from './case-panel.tsx';
import { QueueList } from './queue-list.tsx';
import { RecordList } from './record-list.tsx';

/** A list of records beside the chosen one; in a narrow panel the chosen one takes the place of the list. */
export function CasesPage(props: {
  readonly list: 'queue' | 'records';
  /** Opened from elsewhere in the window. */
  readonly opened: string | null;
}): ReactNode {
  const { t } = useWords();
  const [chosen, setChosen] = useState(props.opened);
  const [decided, setDecided] = useState(0);
  useShortcuts({ Escape: chosen === null ? undefined : () => setChosen(null) });
  const list = { chosen, onChoose: setChosen, round: decided };
  return (
    <div className={chosen === null ? 'cases' : 'cases cases-chosen'}>
      <div className="cases-list">{props.list === 'queue' ? <QueueList {...list} /> : <RecordList {...list} />}</div>
      <div className="cases-one">
        {chosen === null ? (
          <p className="empty">{t('queue.choose')}</p>
        ) : (
          <CasePanel
            key={chosen}
            certifyId={chosen}
            onBack={() => setChosen(null)}
            onDecided={() => setDecided((n) => n + 1)}
          />
        )}
      </div>
    </div>
  );
}
