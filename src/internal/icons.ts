import { iconNodes, type IconNode } from './icon-nodes.js';

/** Strikes an icon through: lucide's own struck-through ones would double the bytes. */
const slash: IconNode = [['path', { d: 'm2 2 20 20' }]];

const SVG = 'http://www.w3.org/2000/svg';

/**
 * The icons of one element, each drawn once and kept: rendering again does not draw them anew.
 * They are seen beside words, so assistive technology passes them over.
 */
export function iconSet(): (name: keyof typeof iconNodes, off?: boolean) => SVGElement {
  const drawn: Record<string, SVGElement> = {};
  return (name, off = false) => (drawn[name + off] ??= draw(name, off));
}

function draw(name: keyof typeof iconNodes, off: boolean): SVGElement {
  const svg = element('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' });
  const nodes: IconNode = off ? [...iconNodes[name], ...slash] : iconNodes[name];
  svg.append(...nodes.map(([tag, attributes]) => element(tag, attributes)));
  return svg;
}

function element(tag: string, attributes: Readonly<Record<string, unknown>>): SVGElement {
  const node = document.createElementNS(SVG, tag) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
