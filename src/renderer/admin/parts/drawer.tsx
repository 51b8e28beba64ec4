import type { ReactNode } from 'react';
import { Drawer as PlainDrawer } from '../../ui/dialog.tsx';
import { useWords } from '../words.tsx';

/** A panel at the right edge over the page; Esc closes it and the focus goes back to where it came from. */
export function Drawer(props: {
  readonly title: string;
  /** For tables. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  return <PlainDrawer {...props} close={t('action.close')} />;
}
