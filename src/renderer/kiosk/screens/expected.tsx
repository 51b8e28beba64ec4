import { useWords } from '../environment.ts';
import { orderText } from './order-text.ts';

/** For which business the visitor is called, so that the right person starts. */
export function Expected({ orderId }: { readonly orderId: string }) {
  const { t } = useWords();
  return (
    <div className="expected">
      <p className="expected-order">
        {t('expected.order')} <span className="expected-id">{orderText(orderId)}</span>
      </p>
      <p>{t('expected.notYou')}</p>
    </div>
  );
}
