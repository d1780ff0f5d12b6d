// Who goes step by step reads in between: a call gets five minutes to connect, not half a minute.
for (const provider of document.querySelectorAll('rtc-provider')) {
  provider.settings = { connectTimeout: 300_000 };
}
