import { html } from 'lit';

/** The field that a server with accounts asks for. */
export const passwordField = (label: string, wrong: boolean) => html`
  <label>
    ${label}
    <input
      name="password"
      type="password"
      autocomplete="current-password"
      required
      aria-invalid=${wrong ? 'true' : 'false'}
      aria-describedby="problem"
    />
  </label>
`;
