/**
 * A request for an access token whose outcome is unknown: its answer was lost, and the cluster may have carried it out, or
 * may still do so.
 *
 * It is kept with the object that sent it, so that later runs look for the token: nobody has its bearer token, and it
 * takes one of the user's two slots.
 */
export interface LostRequest {
  /** The user whom the token is for. */
  readonly authId: string;
  /** When it was sent, by the cluster's clock: RFC 3339. */
  readonly sentAt: string;
  /** When the token is to end: RFC 3339; `undefined` when it never ends. */
  readonly end: string | undefined;
  /** Whether the end is unique to this request: `unmistakableEnd` makes such ends. */
  readonly isUnmistakable: boolean;
}

/**
 * The requests for access tokens that an object of this run has sent, whose outcomes are unknown, and which it can no longer
 * keep by itself since it is deleted.
 *
 * Written when such an object goes; taken by the next object that makes a token for the same user. Never stale within one
 * run: what nobody takes is named by later refreshes.
 */
export class LostRequests {
  #open: readonly LostRequest[] = [];

  /** Hands a request on to the object that comes next. */
  add(request: LostRequest): void {
    this.#open = [...this.#open, request];
  }

  /** Takes the requests for tokens of a user: nobody else gets them. */
  take(authId: string): readonly LostRequest[] {
    const taken = this.#open.filter((request) => request.authId === authId);
    this.#open = this.#open.filter((request) => request.authId !== authId);
    return taken;
  }
}
