/** As far as tests use it; the package has no types of its own. */
declare module "markdown-it" {
  // eslint-disable-next-line no-restricted-exports -- the package exports nothing else
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean; readonly xhtmlOut: boolean });
    render(markdown: string): string;
  }
}
