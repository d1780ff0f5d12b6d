import type { BaseSession } from '../../src/core/index.js';
import { until, type Stage } from './stage.js';

/** A few words with Bob. */
export async function chatWithBob(stage: Stage): Promise<BaseSession> {
  const { bob } = await stage.callBob('chat');
  await talk(stage.me, bob, [
    ['Bob', 'Hello! Shall we meet at noon?'],
    ['Ann', 'Gladly. Where?'],
    ['Bob', 'At the harbour:\nthe café with the blue door.'],
    ['Ann', 'See you there!'],
  ]);
  return bob;
}

/** Plays a chat: sends each message when the previous one has arrived. */
export async function talk(
  ann: BaseSession,
  bob: BaseSession,
  lines: readonly (readonly ['Ann' | 'Bob', string])[],
): Promise<void> {
  const [hers, his] = [ann.chat('Bob'), bob.chat('Ann')];
  await until(hers, () => hers.state.open);
  await until(his, () => his.state.open);
  for (const [who, text] of lines) {
    const [from, to] = who === 'Ann' ? [hers, his] : [his, hers];
    const arrived = to.state.messages.length + 1;
    from.send(text);
    await until(to, () => to.state.messages.length === arrived);
    await until(from, () => from.state.messages.at(-1)!.delivery === 'sent');
  }
}
