import { type Chosen, describe } from "./details.ts";
import { fill, get } from "./elements.ts";

/** The panel at the side that shows details about one thing. It shows the findings when nothing is chosen. */
export class Inspector {
  readonly #place = get("#details", HTMLElement);
  readonly #heading = get("#details-heading", HTMLElement);
  readonly #beside = get("#beside", HTMLElement);
  #giveBack: (() => void) | undefined;

  /** @param onClose - called when the reader closes it */
  constructor(onClose: () => void) {
    get("#close", HTMLButtonElement).addEventListener("click", onClose);
  }

  /** Whether anything is told. */
  get isOpen(): boolean {
    return !this.#place.hidden;
  }

  /**
   * Tells about something.
   *
   * @param giveBack - puts the focus back to where it came from; without it, the focus stays where it is
   */
  open(chosen: Chosen, giveBack?: () => void): void {
    this.#heading.textContent = chosen.title;
    fill(get("#told", HTMLElement), describe(chosen));
    this.#place.hidden = false;
    this.#beside.classList.add("tells");
    this.#beside.scrollTop = 0;
    this.#giveBack = giveBack;
    if (giveBack !== undefined) this.#heading.focus({ preventScroll: true });
  }

  /** Shows the findings again. */
  close(): void {
    if (!this.isOpen) return;
    this.#place.hidden = true;
    this.#beside.classList.remove("tells");
    this.#giveBack?.();
    this.#giveBack = undefined;
  }
}
