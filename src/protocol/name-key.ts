/**
 * The key by which names are compared, everywhere: "Zoë", "zoë" and " ZOË " are one person.
 *
 * Characters that are not seen do not count, nor does the width of a space or a letter (NFKC). Case is folded by
 * going down, up and down again, which also joins what plain lower-casing leaves apart (ß, ẞ and ss,
 * final and medial sigma). Look-alikes of different scripts stay different; one name may not mix
 * them (names.ts).
 */
export function nameKey(name: string): string {
  // Most names need nothing else, and a server does this with every message.
  if (/^[!-~]*$/.test(name)) return name.toLowerCase();
  return name
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC');
}
