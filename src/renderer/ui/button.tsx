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

/** Chinese characters are twice as wide as others; what is wider than this is written smaller. */
const LONG_LABEL = 16;
/** Where the blocks of Chinese characters begin. */
const FIRST_WIDE = 0x2e80;

function isLong(label: ReactNode): boolean {
  if (typeof label !== 'string') return false;
  return (
    [...label].reduce((width, character) => width + (character.codePointAt(0)! > FIRST_WIDE ? 2 : 1), 0) > LONG_LABEL
  );
}

/** A button of the public screens; at least 60 px high, 72 px with large text. */
export function Button({ kind = 'secondary', disabled = false, onPress, icon, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button button-${kind}`}
      data-long={isLong(children) || undefined}
      disabled={disabled}
      onClick={onPress}
    >
      {icon !== undefined && (
        <span className="button-sign" aria-hidden="true">
          {icon}
        </span>
      )}
      <span>{children}</span>
    </button>
  );
}
