import { html } from 'lit';
import type { Say } from '../../explorers/explorer-words.js';

/** A data channel, as somebody wants it. */
export interface ChannelWish {
  label: string;
  options: RTCDataChannelInit;
}

/** The form to make a data channel with, with all its options. */
export function channelForm(say: Say, disabled: boolean, make: (wish: ChannelWish) => void) {
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const error = form.querySelector<HTMLElement>('[role="alert"]')!;
    try {
      make(wishOf(new FormData(form)));
      error.textContent = '';
    } catch (cause) {
      // An id that is taken, or both limits at once: the browser says which.
      error.textContent = String(cause);
    }
  };
  return html`
    <details class="group">
      <summary>${say('channel-new')}</summary>
      <form @submit=${onSubmit}>
        <label>
          <code>label</code>
          <input name="label" value="data" autocomplete="off" />
        </label>
        <label>
          <code>protocol</code>
          <input name="protocol" autocomplete="off" />
        </label>
        <label>
          <code>maxRetransmits</code>
          <input name="maxRetransmits" type="number" min="0" max="65535" />
        </label>
        <label>
          <code>maxPacketLifeTime</code>
          <input name="maxPacketLifeTime" type="number" min="0" max="65535" />
        </label>
        <label>
          <code>id</code>
          <input name="id" type="number" min="0" max="65534" />
        </label>
        <label class="check">
          <input name="ordered" type="checkbox" checked />
          <code>ordered</code>
        </label>
        <label class="check">
          <input name="negotiated" type="checkbox" />
          <code>negotiated</code>
        </label>
        <button ?disabled=${disabled}><code>createDataChannel()</code></button>
        <p role="alert" class="error"></p>
      </form>
      <p class="hint">${say('channel-hint')}</p>
    </details>
  `;
}

function wishOf(form: FormData): ChannelWish {
  const number = (name: string) => {
    const value = form.get(name) as string;
    return value === '' ? undefined : Number(value);
  };
  const negotiated = form.has('negotiated');
  return {
    label: form.get('label') as string,
    options: {
      ordered: form.has('ordered'),
      protocol: form.get('protocol') as string,
      maxRetransmits: number('maxRetransmits'),
      maxPacketLifeTime: number('maxPacketLifeTime'),
      negotiated,
      // Both sides have to name it; else the browser chooses one.
      id: negotiated ? number('id') : undefined,
    },
  };
}
