import { sendKeys } from '@web/test-runner-commands';

/** Presses keys one after the other, as a person does: `Tab`, `Shift+Tab`. */
export async function press(...keys: string[]): Promise<void> {
  for (const chord of keys) {
    const held = chord.split('+');
    const key = held.pop()!;
    for (const modifier of held) await sendKeys({ down: modifier });
    await sendKeys({ press: key });
    for (const modifier of held) await sendKeys({ up: modifier });
  }
}

/** Types text where the focus is. */
export const type = (text: string) => sendKeys({ type: text });
