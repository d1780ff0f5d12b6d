import { deep, seen } from './deep.js';

/** The implicit role of each element (HTML-AAM, as far as the kit needs it). */
const implicitRoles: Record<string, string> = {
  BUTTON: 'button',
  INPUT: 'textbox',
  TEXTAREA: 'textbox',
  SELECT: 'combobox',
};

/** The first element that can be seen with this role and accessible name. */
export function find(role: string, name: string, within?: string): HTMLElement | undefined {
  return seen(within).find((element) => roleOf(element) === role && nameOf(element) === name);
}

/** Whether some element that can be seen says this and nothing else. */
export function shows(text: string, within?: string): boolean {
  return seen(within).some(
    (element) => collapsed(element.textContent) === text || collapsed(ownText(element)) === text,
  );
}

/** The choices that the fields of the page offer, each once. */
export function offered(): string[] {
  const options = [...deep(document)].filter((each) => each instanceof HTMLOptionElement);
  return [...new Set(options.map(({ value }) => value))];
}

/** The role and name of the focused element. */
export function focused(): string {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element ? `${roleOf(element)} ${nameOf(element)}` : '';
}

/** The text that a person can read now, for the message of a failed test. */
export function transcript(): string {
  const leaves = seen().filter((element) => {
    const own = [...element.childNodes].some((node) => node instanceof Text && node.data.trim());
    return own && !['SCRIPT', 'STYLE', 'TITLE'].includes(element.tagName);
  });
  return leaves.map(({ textContent }) => collapsed(textContent)).join(' | ');
}

const roleOf = (element: Element) =>
  element.getAttribute('role') ?? implicitRoles[element.tagName] ?? element.localName;

function nameOf(element: Element): string {
  const given = element.getAttribute('aria-label');
  if (given !== null) return given;
  const [label] = (element as HTMLInputElement).labels ?? [];
  return collapsed(label ? ownText(label) : element.textContent);
}

const ownText = (element: Element) =>
  [...element.childNodes].map((node) => (node instanceof Text ? node.data : '')).join('');

const collapsed = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();
