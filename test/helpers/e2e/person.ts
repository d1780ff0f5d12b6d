import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { atEnd } from './at-end.js';
import { bundle } from './bundle.js';
import type { Devices } from './in-page/devices.js';
import { until } from './until.js';

const inPageScript = await bundle('in-page/index.ts');

/** Firefox's own console messages about a server that is down, or a path lost for a while. */
const firefoxsOwn = /can’t establish a connection|WebRTC: ICE failed/;

/** Those who take part in the tests, each with a picture and a tone of their own. */
export const cast = {
  alice: { colour: [200, 40, 40], tone: 500 },
  bob: { colour: [40, 60, 200], tone: 800 },
  carol: { colour: [30, 150, 60], tone: 1100 },
  /** For browsers without a sound device: the tone is the browser's own. */
  dave: { colour: [150, 120, 30], tone: 0 },
  erin: { colour: [160, 40, 170], tone: 0 },
} as const satisfies Record<string, Devices>;

export type Name = keyof typeof cast;

const companies = new WeakMap<TestContext, Person[]>();

/** A person at a page: finds things by what they say, clicks and types as people do. */
export class Person {
  readonly page: Page;
  readonly name: Name;
  /** The lines that the page wrote to its console. */
  readonly console: string[] = [];
  /** Where this person looks: a selector of the document, or undefined for all of it. */
  readonly #within: string | undefined;

  /** All who take part in the same test. */
  readonly #company: Person[];

  private constructor(page: Page, name: Name, company: Person[], within?: string) {
    this.page = page;
    this.name = name;
    this.#company = company;
    this.#within = within;
  }

  /** Opens a page for one of the cast. An error that no script of the page catches fails the test. */
  static async at(t: TestContext, browser: Browser, url: string, name: Name): Promise<Person> {
    // In a window of its own beside other pages: a hidden page draws no frames.
    const alone = (await browser.pages()).length < 2;
    const page = await browser.newPage(alone ? { type: 'tab' } : { type: 'window' });
    atEnd(t, () => page.isClosed() || page.close());
    const company = companies.get(t) ?? [];
    companies.set(t, company);
    const person = new Person(page, name, company);
    company.push(person);
    page.on('console', (message) => person.console.push(message.text()));
    const errors: unknown[] = [];
    page.on('pageerror', (error) => {
      if (!firefoxsOwn.test(String(error))) errors.push(error);
    });
    atEnd(t, () => assert.deepEqual(errors, [], `errors at ${name}'s page`));
    await page.evaluateOnNewDocument(inPageScript);
    await page.evaluateOnNewDocument(`inPage.begin(${JSON.stringify(cast[name])})`);
    await page.goto(url);
    return person;
  }

  get devices(): Devices {
    return cast[this.name];
  }

  /** The same person, looking at one part of the page only. */
  within(selector: string): Person {
    return new Person(this.page, this.name, this.#company, selector);
  }

  /** Waits for something that can be seen and used. */
  async find(role: string, name: string): Promise<ElementHandle<HTMLElement>> {
    return this.until(`the ${role} "${name}"`, async () => {
      const handle = await this.page.evaluateHandle(
        (...args) => {
          const found = inPage.find(...args);
          return found?.matches(':enabled, :not(button, input, textarea)') ? found : null;
        },
        role,
        name,
        this.#within,
      );
      return handle.asElement() as ElementHandle<HTMLElement> | null;
    });
  }

  async click(name: string, role = 'button'): Promise<void> {
    const found = await this.find(role, name);
    await this.looks();
    await found.click();
  }

  /**
   * Looks at what is there: a button that has just taken another's place is guarded for half a second
   * from who has not. Any key but those that press says so.
   */
  async looks(): Promise<void> {
    await this.page.keyboard.press('Shift');
  }

  /** Types into the field of that name; `\n` is the Enter key. */
  async type(field: string, text: string): Promise<void> {
    const element = await this.find('textbox', field);
    await element.click();
    await this.page.keyboard.type(text);
  }

  has(role: string, name: string): Promise<boolean> {
    return this.page.evaluate((...args) => !!inPage.find(...args), role, name, this.#within);
  }

  reads(text: string): Promise<boolean> {
    return this.page.evaluate((...args) => inPage.shows(...args), text, this.#within);
  }

  /** Waits until a text can be read. */
  async sees(text: string, patience?: number): Promise<void> {
    await this.until(`"${text}"`, async () => (await this.reads(text)) || undefined, patience);
  }

  /** Waits until a text can no longer be read. */
  async misses(text: string): Promise<void> {
    await this.until(`no "${text}"`, async () => !(await this.reads(text)));
  }

  /** Waits for something at this person's page; says how things stand at everybody's when it fails. */
  async until<T>(what: string, probe: () => Promise<T> | T, patience?: number) {
    try {
      return await until(`${this.name} waits for ${what}`, probe, patience);
    } catch (error) {
      const reports = await Promise.all(this.#company.map((person) => person.#report()));
      throw new Error([(error as Error).message, ...reports].join('\n'), { cause: error });
    }
  }

  async #report(): Promise<string> {
    if (this.page.isClosed()) return `${this.name}'s page is closed`;
    const [words, connections] = await this.page.evaluate(async () => [
      inPage.transcript(),
      await inPage.connectionReport(),
    ]);
    return `${this.name}'s page says: ${words}\n${connections}`;
  }

  async signIn(name: string = this.name, password = ''): Promise<void> {
    await this.type('Username', `${name}\n`);
    if (password) await this.type('Password', `${password}\n`);
    await this.sees(`Signed in as ${name}`);
  }

  /** Calls by the field. */
  async call(name: string): Promise<void> {
    await this.type('Username to call', name);
    await this.click('Call');
  }
}
