import { Printer } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ReportDays } from '../../../shared/domain/report-window.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { useAction } from '../answers.ts';
import { FailureNote } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';

/** Hands the pages over as a file; the system asks where it goes. */
function downloadPdf(name: string, pdf: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Paper is white: whatever the window looks like, it is light while it is printed. */
async function inLight<T>(work: () => Promise<T>): Promise<T> {
  const root = document.documentElement;
  const theme = root.dataset['theme'];
  if (theme !== 'dark') return work();
  root.dataset['theme'] = 'light';
  try {
    await nextFrame();
    return await work();
  } finally {
    root.dataset['theme'] = theme;
  }
}

export interface Printing {
  readonly button: ReactNode;
  readonly failure: ReactNode;
}

/** Puts the page on paper as it stands, as a PDF. */
export function usePrinting(days: ReportDays, disabled: boolean): Printing {
  const { t } = useWords();
  const { run } = useAction('admin:print-report');
  const [running, setRunning] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);
  const print = async (): Promise<void> => {
    setRunning(true);
    setFailed(null);
    const answer = await inLight(() => run(null));
    setRunning(false);
    if (answer.ok) downloadPdf(`countersign-report-${days.from}-${days.to}.pdf`, answer.value.pdf);
    else setFailed(answer.error);
  };
  return {
    button: (
      <button type="button" className="button" disabled={disabled || running} onClick={() => void print()}>
        <Printer aria-hidden="true" size={15} /> {t(running ? 'report.printing' : 'report.print')}
      </button>
    ),
    failure: failed === null ? null : <FailureNote failure={failed} onRetry={() => void print()} />,
  };
}
