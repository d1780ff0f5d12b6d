import { sendKeys } from '@web/test-runner-commands';

/**
 * Presses keys one after the other, as a person does: `Tab`, `Shift+Tab`. A person looks before pressing
 * a button, which takes half a second; to press Shift says as much.
 */
export async function press(...keys: string[]): Promise<void> {
  for (const chord of keys) {
    const held = chord.split('+');
    const key = held.pop()!;
    const pressed = !held.length && (key === 'Enter' || key === 'Space');
    if (pressed) await sendKeys({ press: 'Shift' });
    for (const modifier of held) await sendKeys({ down: modifier });
    await sendKeys({ press: key });
    for (const modifier of held) await sendKeys({ up: modifier });
  }
}

/** Types text where the focus is. */
export const type = (text: string) => sendKeys({ type: text });
