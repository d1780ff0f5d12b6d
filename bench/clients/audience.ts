// People who sign in to the kit's server at once, in a process of its own, and watch who is online, or
// do not. Arguments: port, how many, `watch` or `sign-in`. When they are in and have been told of each
// other it says so, with how many bytes that took. Told `churn`, it lets others come and go, 16 changes
// a second in all, with names that are among the first.
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';

const [, , port, count, kind] = process.argv as [string, string, string, string, string];
const people = Number(count);
/** Sign-ins on their way at once. */
const atOnce = 100;
/** Milliseconds between two changes. */
const pause = 1000 / 16;

let bytes = 0;
/** Everyone who watches and has not been told of anybody yet. */
let untold = 0;
let told = () => {};

/** Settles when the person is in. */
function enter(name: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'login', name, hello: { version: 1 } }));
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      bytes += data.length;
      if (data.includes('"type":"login"')) {
        if (kind === 'watch') {
          untold++;
          socket.send(JSON.stringify({ type: 'watch', on: true, limit: 100 }));
        }
        resolve(socket);
      } else if (data.includes('"type":"roster"') && --untold === 0) told();
    });
  });
}

async function churn(): Promise<never> {
  const guests: WebSocket[] = [];
  let next = performance.now();
  for (let number = 0; ; number++) {
    if (guests.length < 8) guests.push(await enter(`a guest ${number}`));
    else guests.shift()!.close(1000);
    next += pause;
    await delay(Math.max(0, next - performance.now()));
  }
}

let entered = 0;
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (entered < people) {
      // In an order that is not that of the names.
      const number = (entered++ * 7919) % 1_000_003;
      await enter(`person ${String(number).padStart(7, '0')}`);
    }
  }),
);
if (untold) await new Promise<void>((resolve) => (told = resolve));
// The server gathers news for one second at most, so all of it has been sent by then.
await delay(3000);
process.on('disconnect', () => process.exit());
process.on('message', () => void churn());
process.send!(bytes);
