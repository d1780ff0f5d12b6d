import type { IconNode } from 'lucide';
import camera from 'lucide/dist/esm/icons/video.mjs';
import cameraOff from 'lucide/dist/esm/icons/video-off.mjs';
import microphone from 'lucide/dist/esm/icons/mic.mjs';
import microphoneOff from 'lucide/dist/esm/icons/mic-off.mjs';
import phone from 'lucide/dist/esm/icons/phone.mjs';
import send from 'lucide/dist/esm/icons/send-horizontal.mjs';

const icons = { camera, cameraOff, microphone, microphoneOff, phone, send };

const SVG = 'http://www.w3.org/2000/svg';

/** An icon to be seen beside words: assistive technology passes it over. */
export function icon(name: keyof typeof icons): SVGElement {
  const svg = element('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' });
  svg.append(...(icons[name] as IconNode).map(([tag, attributes]) => element(tag, attributes)));
  return svg;
}

function element(tag: string, attributes: Readonly<Record<string, unknown>>): SVGElement {
  const node = document.createElementNS(SVG, tag) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
