/**
 * Anything but what shows nothing: spaces, controls, format characters, what is ignored where a
 * font has no glyph, and the blank Braille pattern. Code points that this browser's Unicode does
 * not know yet are taken to be seen: a newer emoji, say.
 */
const visible = /[^\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{White_Space}\u2800]/u;

/** Whether there is something to see in a text. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}
