const svgNamespace = "http://www.w3.org/2000/svg";

/** What an element is made with. Texts are set as text, never as HTML. */
export interface Parts {
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly inside?: readonly (Element | string)[];
}

/** An element of the page that its HTML has for certain. */
export function get<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${selector}.`);
}

/** Makes an HTML element. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, parts: Parts = {}): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), parts);
}

/** Makes an element of a drawing. */
export function shape<K extends keyof SVGElementTagNameMap>(name: K, parts: Parts = {}): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(svgNamespace, name), parts);
}

/** Puts these into an element, in place of what is there. */
export function fill(target: Element, inside: readonly Element[]): void {
  target.replaceChildren();
  for (const one of inside) target.append(one);
}

function filled<T extends Element>(target: T, { attributes = {}, text, inside = [] }: Parts): T {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
  if (text !== undefined) target.textContent = text;
  for (const one of inside) target.append(one);
  return target;
}
