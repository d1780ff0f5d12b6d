import { fixture, html } from '@open-wc/testing';
import type { PageSession } from '../../../src/context/page-session.js';
import type { RtcProvider } from '../../../src/components/provider/provider.js';
import type { BaseSession } from '../../../src/core/base-session.js';
import { Session } from '../../../src/core/session.js';
import type { Call } from '../../../src/core/call/call.js';
import type { SessionSettings } from '../../../src/core/settings.js';
import type { CallKind } from '../../../src/protocol/messages.js';
import '../../../src/define/provider.js';
import { Devices } from './devices.js';
import './quiet-console.js';
import { until } from './until.js';

/** A server that no other test knows. */
export const ownServer = () => `local:${crypto.randomUUID()}`;

/** Somebody who may sign in, with what their page has been told so far. */
export interface Person<S extends BaseSession = BaseSession> {
  readonly name: string;
  readonly server: string;
  readonly session: S;
  readonly devices: Devices;
  /** The public events, in order. */
  readonly events: Event[];
}

/** Somebody in this page, who has tags. */
export interface Resident extends Person<PageSession> {
  readonly provider: RtcProvider;
  /** The first tag of this name in the provider. */
  tag<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K];
}

interface Circumstances {
  server?: string;
  settings?: Partial<SessionSettings>;
  /** False for somebody who has not signed in yet. */
  signIn?: boolean;
}

/** Puts a provider with these tags in the page, and signs its person in. */
export async function inPage(
  name: string,
  content: unknown,
  { server = ownServer(), settings, signIn = true }: Circumstances = {},
): Promise<Resident> {
  const devices = new Devices();
  const provider = await fixture<RtcProvider>(
    html`<rtc-provider
      .server=${server}
      .settings=${{ getUserMedia: devices.getUserMedia, ...settings }}
      >${content}</rtc-provider
    >`,
  );
  const events = recordEvents(provider);
  if (signIn) await provider.login(name);
  return {
    name,
    server,
    devices,
    events,
    provider,
    get session() {
      return provider.session!;
    },
    tag: (tag) => provider.querySelector(tag)!,
  };
}

const sessions: Session[] = [];
afterEach(() => sessions.splice(0).forEach((session) => session.destroy()));

/** Somebody with no tags, as if in another page: takes every kind of call. */
export async function elsewhere(
  name: string,
  { server = ownServer(), settings, signIn = true }: Circumstances = {},
): Promise<Person<Session>> {
  const devices = new Devices();
  const session = new Session(server, { getUserMedia: devices.getUserMedia, ...settings });
  sessions.push(session);
  const events = recordEvents(session);
  if (signIn) await session.login(name);
  return { name, server, session, devices, events };
}

/** Two people with no tags, on one server. */
export async function twoElsewhere(
  settings?: Partial<SessionSettings>,
): Promise<[Person<Session>, Person<Session>]> {
  const alice = await elsewhere('Alice', { settings });
  return [alice, await elsewhere('Bob', { server: alice.server, settings })];
}

/** Makes one person call another. @returns the call as each of the two has it, once it rings */
export async function ring(from: Person, to: Person, kind: CallKind): Promise<[Call, Call]> {
  const outgoing = from.session.call(to.name, kind)!;
  const incoming = await callAt(to, outgoing.id);
  await until(outgoing, () => outgoing.state.reached);
  return [outgoing, incoming];
}

/** Makes one person call another, who accepts. @returns the call as each of the two has it */
export async function talk(from: Person, to: Person, kind: CallKind): Promise<[Call, Call]> {
  const calls = await ring(from, to, kind);
  void calls[1].accept();
  await Promise.all(calls.map(connected));
  return calls;
}

/** A call by its id, once the person has it. */
export const callAt = ({ session }: Person, id: string): Promise<Call> =>
  until(session, () => session.state.calls.find((call) => call.id === id));

export const connected = (call: Call) => until(call, () => call.state.phase === 'active');

/** Waits for the end of a call. @returns the reason */
export async function ended(call: Call) {
  await until(call, () => call.ended);
  return call.state.reason;
}

const eventTypes = [
  'rtc-login',
  'rtc-logout',
  'rtc-call-incoming',
  'rtc-call-start',
  'rtc-call-end',
  'rtc-message',
  'rtc-error',
  'rtc-token-expiring',
] as const;

/** Keeps the public events that reach a target. */
export function recordEvents(target: EventTarget): Event[] {
  const events: Event[] = [];
  for (const type of eventTypes) target.addEventListener(type, (event) => events.push(event));
  return events;
}

/** The types of those events, in order. */
export const typesOf = (events: Event[]) => events.map(({ type }) => type);

/** Expects one object, not one like it: a difference of two sessions would be too long to show. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`Not the same: ${String(actual)}, ${String(expected)}`);
}
