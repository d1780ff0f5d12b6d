import { expect, waitUntil } from '@open-wc/testing';
import { deep, rendered } from './dom.js';

/** Styles that a page may give all its elements without meaning those of the kit. */
const rudeStyles = `
  html { font-size: 62.5%; }
  body, body * {
    border: 0 solid;
    box-sizing: content-box;
    font-size: 40px;
    font-style: italic;
    font-weight: 900;
    line-height: 3;
    letter-spacing: 1em;
    padding: 0;
    text-align: end;
    text-indent: 3em;
    text-transform: uppercase;
    visibility: visible;
    white-space: pre;
    word-spacing: 1em;
  }
  p, h2, button, input, label, ul, li { border: 9px solid red; margin: 9em; padding: 9em; }
  [hidden] { display: block; }
`;

const compared = [
  'background-color',
  'border-top-width',
  'box-sizing',
  'color',
  'display',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'letter-spacing',
  'line-height',
  'padding-top',
  'text-align',
  'text-indent',
  'text-transform',
  'white-space',
  'word-spacing',
];

function looksOf(elements: Iterable<Element>): string[] {
  return [...elements].map((element) => {
    const style = getComputedStyle(element);
    const values = compared.map((property) => `${property}: ${style.getPropertyValue(property)}`);
    return `${element.localName}.${element.className} { ${values.join('; ')} }`;
  });
}

/** How large each element and its text are. */
const sizesOf = (elements: Iterable<Element>) =>
  [...elements].map((element) => {
    const { width, height } = element.getBoundingClientRect();
    const { fontSize } = getComputedStyle(element);
    return `${element.localName}.${element.className}: ${width} × ${height}, ${fontSize}`;
  });

/** A tag and all in its shadow roots. What a page puts into its slots is the page’s. */
const own = (tag: Element) => [
  tag,
  ...[...deep(tag)].filter((element) => element.getRootNode() !== tag.getRootNode()),
];

/** The elements that stick out of a box to its left or right. */
function stickingOut(tag: Element, box: DOMRect): string[] {
  return [tag, ...deep(tag)]
    .filter((element) => element.checkVisibility() && !element.closest('.unseen, svg'))
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < box.left - 0.5 || right > box.right + 0.5);
    })
    .map((element) => `${element.localName}.${element.className}`);
}

/** Gives a tag a height, and expects that it keeps to it with all it shows. */
export async function expectWithin(tag: HTMLElement, height: number): Promise<void> {
  tag.style.blockSize = `${height}px`;
  await rendered(tag);
  const { bottom } = tag.getBoundingClientRect();
  const below = [...deep(tag)]
    .filter((element) => element.checkVisibility() && !element.closest('.unseen, .message, svg'))
    .filter((element) => element.getBoundingClientRect().bottom > bottom + 0.5);
  expect(below.map(({ localName, className }) => `${localName}.${className}`)).to.deep.equal([]);
}

/**
 * Tests that each tag has to pass, in a state that shows what it has.
 *
 * @param show puts the tag in the page, in that state
 */
export function testsOfLooks(show: () => Promise<HTMLElement>): void {
  const { documentElement, body } = document;
  afterEach(() => {
    documentElement.removeAttribute('dir');
    documentElement.style.fontSize = body.style.fontFamily = body.style.inlineSize = '';
    documentElement.style.removeProperty('--rtc-font');
  });

  for (const [words, width, dir, font] of [
    ['in 280 pixels', 280, 'ltr', ''],
    ['in 280 pixels, from right to left', 280, 'rtl', ''],
    ['in 360 pixels, with text twice as large', 360, 'ltr', '32px/1.5 system-ui'],
  ] as const) {
    it(`fits ${words}`, async () => {
      const tag = await show();
      documentElement.dir = dir;
      documentElement.style.setProperty('--rtc-font', font);
      body.style.inlineSize = `${width}px`;
      await rendered(tag);
      expect(stickingOut(tag, body.getBoundingClientRect())).to.deep.equal([]);
      expect(tag.scrollWidth, 'scrollWidth').to.be.at.most(Math.ceil(tag.clientWidth) || width);
    });
  }

  it('has the same sizes whatever the font size of the root is', async () => {
    const tag = await show();
    await rendered(tag);
    const before = sizesOf(own(tag));
    documentElement.style.fontSize = '62.5%';
    expect(sizesOf(own(tag))).to.deep.equal(before);
  });

  it('writes in the font of the page, or in its own', async () => {
    const tag = await show();
    await rendered(tag);
    const words = own(tag).filter((element) => !element.closest('code, pre, .code, textarea'));
    const fonts = () => new Set(words.map((element) => getComputedStyle(element).fontFamily));
    body.style.fontFamily = 'Georgia';
    expect([...fonts()]).to.deep.equal(['Georgia']);
    documentElement.style.setProperty('--rtc-font', '20px/1 Arial');
    expect([...fonts()]).to.deep.equal(['Arial']);
    expect(getComputedStyle(tag).font).to.equal('20px / 20px Arial');
  });

  it('looks the same whatever the page does to its own elements', async () => {
    const tag = await show();
    await rendered(tag);
    const before = looksOf(own(tag));
    const style = document.createElement('style');
    style.textContent = rudeStyles;
    document.head.append(style);
    try {
      const now = looksOf(own(tag));
      expect(now.filter((looks) => !before.includes(looks))).to.deep.equal([]);
      expect(now.length).to.equal(before.length);
    } finally {
      style.remove();
    }
  });

  it('keeps its looks in another document, and on the way back', async () => {
    const tag = await show();
    await rendered(tag);
    const moved = tag.closest('rtc-provider') ?? tag;
    const home = moved.parentElement!;
    const before = looksOf(own(tag));
    const frame = document.createElement('iframe');
    frame.width = `${home.clientWidth}`;
    frame.height = `${innerHeight}`;
    body.append(frame);
    try {
      for (const place of [frame.contentDocument!.body, home]) {
        place.append(moved);
        await rendered(tag);
        const strange = () => looksOf(own(tag)).filter((looks) => !before.includes(looks));
        // A tag that shows what the server tells asks anew.
        await waitUntil(() => !strange().length).catch(() => {});
        expect(strange()).to.deep.equal([]);
      }
    } finally {
      frame.remove();
    }
  });

  it('leaves the page as it looks', async () => {
    const page = document.createElement('p');
    page.innerHTML = '<button>Button</button> <input> <label>Label</label>';
    body.append(page);
    try {
      const before = looksOf([body, page, ...page.children]);
      const tag = await show();
      await rendered(tag);
      expect(looksOf([body, page, ...page.children])).to.deep.equal(before);
      expect(document.adoptedStyleSheets).to.have.length(0);
    } finally {
      page.remove();
    }
  });
}
