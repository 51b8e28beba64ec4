/** The `position`-th number of the command line, options left out; ends the program where it isn't a whole number. */
export function countArgument(position: number, otherwise: number): number {
  const text = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))[position];
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  console.error(`${text} is not a number of anything`);
  process.exit(2);
}
