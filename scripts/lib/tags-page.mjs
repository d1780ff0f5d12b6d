/**
 * docs/tags.md, made of custom-elements.json.
 *
 * @param {{ modules: { declarations: any[] }[] }} manifest
 */
export function tagsPage(manifest) {
  const tags = manifest.modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => order.indexOf(a.tagName) - order.indexOf(b.tagName));
  return `${['# The tags', intro, ...tags.map(section)].join('\n\n')}\n`;
}

const intro = `Made by \`npm run docs\` from what the sources say. Every tag but \`rtc-provider\` also takes
\`provider="id"\`, the id of the provider to belong to. Each is written with its closing tag. When the last tag
that could end a call is removed from the page, the call ends a second later.`;

/** From the whole to the parts. */
const order = [
  'rtc-provider',
  'rtc-login',
  'rtc-video-call',
  'rtc-voice-call',
  'rtc-text-chat',
  'rtc-dial',
  'rtc-incoming-call',
  'rtc-call-status',
  'rtc-stream',
  'rtc-call-controls',
  'rtc-call-meter',
  'rtc-conversation',
  'rtc-roster',
  'rtc-support',
  'rtc-media-explorer',
  'rtc-peer-explorer',
  'rtc-inspector',
];

/** @param {any} tag */
function section({ tagName, description, attributes, members, events, slots, ...styling }) {
  const own = attributes?.filter((/** @type {any} */ { name }) => name !== 'provider');
  const attributeNames = new Set(attributes?.map((/** @type {any} */ item) => item.fieldName));
  const script = members?.filter((/** @type {any} */ item) => !attributeNames.has(item.name));
  return [
    `## \`${tagName}\``,
    description.trim(),
    list('Attributes', own, ({ name, default: initial }) =>
      initial && !["''", 'false', 'null'].includes(initial) ? `${name}=${unquoted(initial)}` : name,
    ),
    list('From script', script, ({ name, kind }) => (kind === 'method' ? `${name}()` : name)),
    list('Events', events),
    list('Slots', slots, ({ name }) => name || 'default'),
    list('Parts', styling.cssParts),
    tokens(styling.cssProperties),
    list('States', styling.cssStates),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * Tokens by name only: docs/develop.md says what each of them does. Those of one tag are described.
 *
 * @param {any[] | undefined} items
 */
function tokens(items) {
  const shared = items?.filter(({ inheritedFrom }) => inheritedFrom);
  const own = items?.filter(({ inheritedFrom }) => !inheritedFrom);
  const names = shared?.map(({ name }) => `\`${name}\``).join(', ');
  return [list('Tokens', own), own?.length ? names : names && `**Tokens**\n\n${names}`]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * @param {string} title
 * @param {any[] | undefined} items
 * @param {(item: any) => string} [label]
 */
function list(title, items, label = ({ name }) => name) {
  const described = items?.filter(({ description }) => description);
  if (!described?.length) return '';
  const rows = described.map((item) => `- \`${label(item)}\`: ${oneLine(item.description)}`);
  return `**${title}**\n\n${rows.join('\n')}`;
}

/** @param {string} text */
const unquoted = (text) => text.replace(/^'|'$/g, '');

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
