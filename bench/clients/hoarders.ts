// People from 60 addresses who fill whatever the kit's server keeps, each within the limits of a
// connection: candidates of calls that ring, messages for people who are away, calls that only one side
// announces, frames for clients that do not read, and names by the thousand. Says when it begins and when
// everything has been sent, and signs out when told to. Argument: the port.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { defaultLimits } from '../../server/limits.js';

const [, , port] = process.argv;
const addresses = 60;
/** How long each sends what it has, in milliseconds, and how often. */
const duration = 40_000;
const tick = 100;

/** Half of what a connection may send: so many together could also just keep a server busy. */
const bytesPerTick = (0.5 * defaultLimits.bytesPerSecond * tick) / 1000;
const framesPerTick = (0.5 * defaultLimits.framesPerSecond * tick) / 1000;

const hello = { version: 1 };
const sdp = 'x'.repeat(60_000);
const longName = '\u{1f9d1}'.repeat(64);
const junk = {
  candidate: 'x'.repeat(2000),
  usernameFragment: 'x'.repeat(200),
  x: Array.from({ length: 500 }, () => ({})),
};

let people = 0;
const sockets = new Set<WebSocket>();

/** Somebody new, from the next address. */
async function enter(name = `hoarder ${people}`, kind: object = { hello }): Promise<WebSocket> {
  const localAddress = `127.0.1.${1 + (people++ % addresses)}`;
  const options = { localAddress, perMessageDeflate: false };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, options);
  sockets.add(socket.on('error', () => {}));
  const closed = once(socket, 'close').then(() => sockets.delete(socket));
  const answered = once(socket, 'message');
  await Promise.race([once(socket, 'open').catch(() => {}), closed]);
  socket.send(JSON.stringify({ type: 'login', name, ...kind }));
  await Promise.race([answered, closed]);
  return socket;
}

/** Sends what there is, evenly. */
async function pour(socket: WebSocket, frames: Iterable<object>): Promise<void> {
  const end = performance.now() + duration;
  const rest = frames[Symbol.iterator]();
  let bytes = 0;
  while (performance.now() < end && socket.readyState === WebSocket.OPEN) {
    bytes += bytesPerTick;
    for (let count = 0; bytes > 0 && count < framesPerTick; count++) {
      const next = rest.next();
      if (next.done) return;
      const frame = JSON.stringify(next.value);
      bytes -= frame.length;
      socket.send(frame);
    }
    await delay(tick);
  }
}

const times = async <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> => {
  const all: T[] = [];
  for (let index = 0; index < count; index++) all.push(await make(index));
  return all;
};

/** Makes as many unanswered calls as are allowed, with as many candidates as are kept. */
async function ring(): Promise<void> {
  const callees = await times(16, (index) => enter(`rung ${index}`));
  const callers = await times(120, () => enter());
  function* frames(caller: number) {
    for (let call = 0; call < 32; call++) {
      const about = { name: `rung ${(caller + call) % callees.length}`, call: `${caller}-${call}` };
      yield { type: 'call', kind: 'video', ...about };
      for (let index = 0; index < 64; index++)
        yield { type: 'candidate', candidate: junk, ...about };
    }
  }
  await Promise.all(callers.map((socket, caller) => pour(socket, frames(caller))));
}

/** Long messages in calls with people who are away. */
async function write(): Promise<void> {
  const [count, each] = [20, 30];
  const writers = await times(count, () => enter());
  const away: WebSocket[] = [];
  for (let index = 0; index < count * each; index++) {
    const [name, call] = [`away ${index}`, `with-${index}`];
    const socket = await enter(name);
    away.push(socket);
    const rung = once(socket, 'message');
    writers[index % count]!.send(JSON.stringify({ type: 'call', name, call, kind: 'chat' }));
    const [data] = (await rung) as [Buffer];
    const { name: caller } = JSON.parse(data.toString()) as { name: string };
    socket.send(JSON.stringify({ type: 'accept', name: caller, call }));
  }
  await delay(1000);
  for (const socket of away) socket.terminate();
  function* frames(writer: number) {
    for (let round = 0; round < 4; round++) {
      for (let index = writer; index < count * each; index += count) {
        const about = { name: `away ${index}`, call: `with-${index}` };
        yield { type: 'offer', ...about, offer: { type: 'offer', sdp } };
      }
    }
  }
  await Promise.all(writers.map((socket, index) => pour(socket, frames(index))));
}

/** Calls that only one side knows, with somebody of a long name. */
async function announce(): Promise<void> {
  const all = await times(60, () => enter());
  function* frames(from: number) {
    for (let index = 0; ; index++) {
      const call = `${from}-${index}-${'x'.repeat(40)}`;
      yield { type: 'announce', name: longName, call, kind: 'video', caller: true, accepted: true };
    }
  }
  await Promise.all(all.map((socket, index) => pour(socket, frames(index))));
}

/** Frames for those who do not read. */
async function stuff(): Promise<void> {
  const count = 100;
  const deaf = await times(count, (index) => enter(`deaf ${index}`, {}));
  for (const socket of deaf) socket.pause();
  const senders = await times(count, (index) => enter(`loud ${index}`, {}));
  function* frames(to: number) {
    for (;;) yield { type: 'offer', name: `deaf ${to}`, offer: sdp };
  }
  await Promise.all(senders.map((socket, index) => pour(socket, frames(index))));
}

/** Names, one after another, that nothing is done with. */
async function grab(): Promise<void> {
  await Promise.all(
    Array.from({ length: 20 }, async (_, lane) => {
      const end = performance.now() + duration;
      for (let index = 0; performance.now() < end; index++) {
        (await enter(`name ${lane} ${index} ${longName.slice(0, 60)}`)).terminate();
      }
    }),
  );
}

await Promise.all([ring(), write(), announce(), stuff(), grab()]);
process.send!('sent');
await once(process, 'message');
for (const socket of sockets) socket.terminate();
process.exit();
