/** A public event of the kit, or a violation of the page's policy, as it was heard. */
export interface Heard {
  type: string;
  /** Code of an error, reason of an end, text of a message, or directive that was violated. */
  detail: string;
}

export const heard: Heard[] = [];

const types = [
  'rtc-login',
  'rtc-logout',
  'rtc-call-incoming',
  'rtc-call-start',
  'rtc-call-end',
  'rtc-message',
  'rtc-error',
  'securitypolicyviolation',
];

/** Keeps every public event of the page, where all of them arrive. */
export function hearEvents(): void {
  for (const type of types) {
    document.addEventListener(type, (event) => {
      const { code, reason, text, violatedDirective } = event as unknown as Record<string, string>;
      heard.push({ type, detail: code ?? reason ?? text ?? violatedDirective ?? '' });
    });
  }
}
