import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { decodesMore, packetsPass } from '../helpers/e2e/media.js';
import { Person } from '../helpers/e2e/person.js';
import { startStorybook, type Story } from '../helpers/e2e/storybook.js';

const components = new URL('../../src/components/', import.meta.url);
const sections = ['Playground', 'Anatomy', 'States', 'Live', 'Accessibility'];

/** The data that passes between the two pages of a Live story, if not a picture. */
const carries: Record<string, 'sound' | 'text' | 'data'> = {
  'rtc-peer-explorer': 'data',
  'rtc-voice-call': 'sound',
  'rtc-call-meter': 'sound',
  'rtc-text-chat': 'text',
  'rtc-conversation': 'text',
};

/** The button that a call begins with, where it is another. */
const calls: Record<string, string> = {
  'rtc-roster': 'Call Bob',
  'rtc-peer-explorer': 'Establish connection',
};

test('every tag has its stories, and the live ones connect', async (t) => {
  const [{ stories, urlOf }, browser] = await Promise.all([startStorybook(t), chromiumOf('alice')]);

  const tags = readdirSync(components).map((folder) => `rtc-${folder}`);
  for (const tag of tags) {
    const names = stories.filter((story) => tagOf(story) === tag).map(({ name }) => name);
    assert.deepEqual(names, sections, tag);
  }

  for (const story of stories.filter(({ name }) => name === 'Live')) {
    await t.test(tagOf(story), async (t) => {
      const person = await Person.at(t, browser, urlOf(story), 'alice');
      const ann = person.within('.party[aria-label^=Ann]');
      const bob = person.within('.party[aria-label^=Bob]');
      await ann.click(calls[tagOf(story)] ?? 'Call');
      if (tagOf(story) === 'rtc-incoming-call') await bob.click('Accept');
      const what = carries[tagOf(story)] ?? 'picture';
      if (what === 'text') {
        await ann.type('Message', 'Hello Bob\n');
        await bob.sees('Hello Bob');
      } else if (what === 'data') {
        await ann.sees('The pair that won:');
      } else if (what === 'sound') {
        await packetsPass(person, 20);
      } else {
        await decodesMore(person);
        await ann.until('Bob’s picture', () => person.page.evaluate(() => !!inPage.picture('Bob')));
      }
      if (what !== 'text' && what !== 'data') await ann.find('button', 'Hang up');
      await person.page.close();
    });
  }
});

const tagOf = ({ title }: Story) => title.replace('Tags/', '');
