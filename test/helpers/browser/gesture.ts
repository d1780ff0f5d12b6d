import { sendMouse } from '@web/test-runner-commands';

/** Does something on the page, as a person would: from now on it may play sound. */
export async function gesture(): Promise<void> {
  await sendMouse({ type: 'click', position: [1, 1] });
}
