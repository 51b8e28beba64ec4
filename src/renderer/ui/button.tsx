import type { ReactNode } from 'react';

interface ButtonProps {
  /** `primary`: the one step forward of a screen. `secondary`: as large, outlined. `quiet`: a way out. */
  readonly kind?: 'primary' | 'secondary' | 'quiet';
  readonly disabled?: boolean;
  readonly onPress: () => void;
  /** A line icon before the words; decoration only. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A button of the public screens; at least 60 px high, 72 px with large text. */
export function Button({ kind = 'secondary', disabled = false, onPress, icon, children }: ButtonProps) {
  return (
    <button type="button" className={`button button-${kind}`} disabled={disabled} onClick={onPress}>
      {icon !== undefined && (
        <span className="button-icon" aria-hidden="true">
          {icon}
        </span>
      )}
      <span>{children}</span>
    </button>
  );
}
