import { html } from 'lit';

const good = /^(connected|completed|open)$/;
const bad = /^(failed|disconnected|closed)$/;

/** A state, in the colour of what it means. */
export const stateMark = (state: string) => html`
  <code class="state ${good.test(state) ? 'up' : bad.test(state) ? 'down' : ''}">${state}</code>
`;
