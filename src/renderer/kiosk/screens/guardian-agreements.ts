import type { Agreement } from '../../../shared/consent-notice.ts';
import type { ConsentScope } from '../../../shared/ipc/kiosk.ts';
import type { Translate } from '../../i18n/translation.ts';

/** What a guardian is asked for a child, each apart: the same as whoever agrees for themselves. */
export function guardianAgreements(
  { sends, recipient, returnsFace, withoutFace }: ConsentScope & { readonly withoutFace?: boolean },
  t: Translate,
): Agreement[] {
  const capture: Agreement = {
    id: 'capture',
    label: t(withoutFace ? 'guardian.consent.check' : 'guardian.consent.capture'),
    detail: t('guardian.consent.captureDetail'),
  };
  const transmit: Agreement[] =
    recipient === undefined
      ? []
      : [
          {
            id: 'transmit',
            label: t(`guardian.consent.transmit.${sends ?? 'record'}`),
            detail: t('guardian.consent.transmitDetail', { recipient }),
          },
        ];
  const returnFace: Agreement[] = returnsFace
    ? [{ id: 'returnFace', label: t('guardian.consent.returnFace'), detail: t('guardian.consent.returnFaceDetail') }]
    : [];
  return [capture, ...transmit, ...returnFace];
}
