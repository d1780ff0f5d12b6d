// Going step by step takes reading: a call gets five minutes to connect, not half a minute.
for (const provider of document.querySelectorAll('rtc-provider')) {
  provider.settings = { connectTimeout: 300_000 };
}
