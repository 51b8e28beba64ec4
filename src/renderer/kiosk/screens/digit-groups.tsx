interface DigitGroupsProps {
  /** What was typed so far, in the groups in which it is read out. */
  readonly groups: readonly string[];
  /** Characters of each group when it is whole; places that are still empty keep theirs. */
  readonly sizes: readonly number[];
  readonly wrong: boolean;
  /** What a screen reader says instead of the digits. */
  readonly spoken: string;
  readonly hidden?: boolean;
}

/** Digits while they are typed. */
export function DigitGroups({ groups, sizes, wrong, spoken, hidden = false }: DigitGroupsProps) {
  const shown = (group: string): string => (hidden ? '•'.repeat(group.length) : group);
  return (
    <div className="entry-number" data-problem={wrong || undefined}>
      <span className="only-spoken">{spoken}</span>
      {groups.map((group, index) => (
        <span key={index} className="entry-group" aria-hidden="true">
          {shown(group)}
          <span className="entry-ahead">{'–'.repeat(Math.max(0, sizes[index]! - group.length))}</span>
        </span>
      ))}
    </div>
  );
}
