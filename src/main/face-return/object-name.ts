/**
 * The name of a returned face: it names a day and a certification, and nobody.
 *
 * @param prefix empty, or folders that end with a slash
 * @param day local day of the certification, `YYYY-MM-DD`
 */
export function faceObjectName(prefix: string, day: string, certifyId: string): string {
  return `${prefix}${day.replaceAll('-', '/')}/${certifyId}.jpg`;
}

/** A name for the object that is written and removed to try a destination; it sorts apart from the pictures. */
export function testObjectName(prefix: string, random: string): string {
  return `${prefix}countersign-test/${random}.txt`;
}
