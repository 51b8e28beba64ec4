import type { ReactNode } from 'react';

/** A button that says which key does the same. */
export function KeyButton(props: {
  readonly shortcut: string;
  readonly kind?: 'primary' | 'danger';
  readonly disabled?: boolean;
  /** Only in a narrow panel. */
  readonly narrow?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { kind } = props;
  const names = ['button', ...(kind === undefined ? [] : [`button-${kind}`]), ...(props.narrow ? ['cases-back'] : [])];
  return (
    <button
      type="button"
      className={names.join(' ')}
      disabled={props.disabled ?? false}
      aria-keyshortcuts={props.shortcut}
      onClick={props.onPress}
    >
      {props.children}
      <kbd>{props.shortcut}</kbd>
    </button>
  );
}
