/** A command of the program: takes the words of the command line after its own. */
export type Command = (args: string[]) => Promise<void>;

/** Each command by its word, loaded when it is asked for. */
export const commands = new Map<string, () => Promise<Command>>([
  ['serve', async () => (await import('./serve.js')).serve],
  ['user', async () => (await import('./user.js')).user],
  ['cert', async () => (await import('./cert.js')).cert],
  ['turn-config', async () => (await import('./turn-config.js')).turnConfig],
]);
