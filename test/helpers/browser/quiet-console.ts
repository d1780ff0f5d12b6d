// Imported for its effect: a test fails when anything has been written to the console meanwhile.
const levels = ['debug', 'info', 'log', 'warn', 'error'] as const;
const said: string[] = [];

/** Lit's messages in its development build: about the build, and about updates in updates. */
const ofLit = /Lit is in dev mode|change-in-update/;

for (const level of levels) {
  const write = console[level].bind(console);
  console[level] = (...words: unknown[]) => {
    if (ofLit.test(String(words[0]))) return;
    write(...words);
    said.push(`${level}: ${words.join(' ')}`);
  };
}

afterEach(() => {
  const words = said.splice(0);
  if (words.length) throw new Error(`Written to the console:\n${words.join('\n')}`);
});
