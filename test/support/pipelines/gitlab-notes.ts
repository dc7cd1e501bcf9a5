import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach } from "@jest/globals";

/** A comment on a merge request. */
export interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number };
}

/** The part of GitLab's API that has comments, which these tests cannot reach: it keeps them here, one on each page. */
export interface GitlabNotes {
  /** What jobs have as CI_API_V4_URL. */
  readonly url: string;
  readonly notes: () => readonly Note[];
}

const servers: Server[] = [];
const path = "/projects/12/merge_requests/7/notes";
/** Whose token it is. */
const own = { id: 5 };

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Starts it with these comments, for callers with this token. */
export async function givenNotes(before: readonly Note[], token: string): Promise<GitlabNotes> {
  let notes = before;
  const server = createServer((request, response) => {
    const answer = (status: number, content: unknown, headers = {}): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(content));
    };
    const page = Number(new URL(request.url ?? "/", "http://gitlab").searchParams.get("page"));
    const target = `${request.method ?? ""} ${(request.url ?? "").split("?")[0] ?? ""}`;
    if (request.headers["private-token"] !== token) answer(401, { message: "401 Unauthorized" });
    else if (target === "GET /user") answer(200, own);
    else if (target === `GET ${path}`)
      answer(200, notes.slice(page - 1, page), { "x-next-page": page < notes.length ? String(page + 1) : "" });
    else
      void bodyOf(request).then((body) => {
        notes = changed(notes, target, body);
        answer(200, {});
      });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens at a port.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, notes: () => notes };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  return (JSON.parse(await text(request)) as { readonly body: string }).body;
}

function changed(notes: readonly Note[], target: string, body: string): readonly Note[] {
  if (target === `POST ${path}`) return [...notes, { id: notes.length + 1, body, author: own }];
  return notes.map((note) => (target === `PUT ${path}/${note.id}` ? { ...note, body } : note));
}
