/** What the database's collation compares instead of the text: case, accents and trailing spaces do not count. */
export function keyOf(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toUpperCase()
    .replace(/ +$/, '')
}
