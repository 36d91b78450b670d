/** «Жақсыбекова Г. Ә.»: enough to recognize somebody on a board, no more than is needed there. */
export function shortName(name: { familyName: string; givenName: string; middleName: string }): string {
  const initials = [name.givenName, name.middleName].flatMap((part) => {
    const [letter] = part;
    return letter === undefined ? [] : [`${letter}.`];
  });
  return [name.familyName, ...initials].join(' ');
}
