import { BellRing } from 'lucide-react';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { Tools } from './access/tools.tsx';
import type { Hearing } from './access/use-visit.ts';
import { SiteMark } from './art/site-mark.tsx';
import { useWords } from './environment.ts';
import { useStaffEntrance } from './use-staff-entrance.ts';

/** Between an institution and its branch. */
const SEPARATOR = /\s*[·・]\s*/u;

interface TopBarProps {
  readonly view: KioskView;
  /** Keeps its place while it isn't shown. */
  readonly hidden: boolean;
  readonly hearing: Hearing;
}

/** Whose kiosk it is, or that somebody of its staff comes; and the tools, always in the same corner. */
export function TopBar({ view, hidden, hearing }: TopBarProps) {
  const entrance = useStaffEntrance();
  return (
    <header className="top-bar" data-hidden={hidden || undefined} data-voice={hearing.voiceOn || undefined}>
      <div className="site" {...entrance}>
        {view.staffCall ? (
          <BellRing className="site-mark site-bell" aria-hidden="true" />
        ) : (
          <SiteMark logo={view.brand?.logo ?? null} />
        )}
        {view.staffCall === undefined && <SiteName name={view.siteName} />}
        <StaffCallWords call={view.staffCall ?? null} />
      </div>
      <Tools view={view} hearing={hearing} />
    </header>
  );
}

/** Each part of the name keeps together; a dot between two of them is seen only where they share a line. */
function SiteName({ name }: { readonly name: string }) {
  const parts = name.split(SEPARATOR);
  return (
    <span className="site-name" data-parts={parts.length > 1 || undefined}>
      <span className="site-parts">
        {parts.map((part, index) => (
          <span key={index} className="site-part">
            {index > 0 && <span className="only-spoken">, </span>}
            {part}
          </span>
        ))}
      </span>
    </span>
  );
}

/** Stands there before it has words, so that a screen reader says them. */
function StaffCallWords({ call }: { readonly call: 'waiting' | 'coming' | null }) {
  const { t } = useWords();
  return (
    <span className="site-call" role="status">
      {call && t(`top.call.${call}`)}
    </span>
  );
}
