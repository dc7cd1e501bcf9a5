import type { PageData } from "../page-data.ts";
import { get } from "./elements.ts";
import { Page } from "./page.ts";

// The project's own program wrote it, in this shape.
const data = JSON.parse(get("#data", HTMLScriptElement).textContent) as PageData;
new Page(data).start();
