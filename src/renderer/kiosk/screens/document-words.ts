import type { DocumentHint, DocumentPage } from '../../../shared/domain/document-reading.ts';
import type { Translate } from '../../i18n/translation.ts';

interface TitleFacts {
  readonly page: DocumentPage;
  readonly hint: DocumentHint | null;
  readonly reading: boolean;
  readonly opening: boolean;
  readonly good: boolean;
  /** The camera looks at people: a document is held up to it instead of laid down. */
  readonly mirrored: boolean;
}

/** The one instruction while a document is photographed. Nobody is told that they have not laid it down yet. */
export function documentTitle({ page, hint, reading, opening, good, mirrored }: TitleFacts, t: Translate): string {
  if (reading) return t('document.reading');
  if (opening) return t('document.opening');
  if (hint && hint !== 'no-card') return t(`document.hints.${hint}`);
  if (good) return t('document.good');
  return t(`document.${mirrored ? 'shown' : 'title'}.${page}`);
}

interface LeadFacts {
  readonly reading: boolean;
  readonly maySwipe: boolean;
}

/** What explains it. */
export function documentLead({ reading, maySwipe }: LeadFacts, t: Translate): string {
  if (reading) return t('document.readingLead');
  return t(maySwipe ? 'document.leadSwipe' : 'document.lead');
}
