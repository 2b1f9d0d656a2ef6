// Lays out the browser, and the shared libraries it needs, in the folder that TMPDIR names.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import chromium, { inflate } from "@sparticuz/chromium";

const main = createRequire(import.meta.url).resolve("@sparticuz/chromium");
await chromium.executablePath();
await inflate(join(dirname(main), "..", "bin", "al2023.tar.br"));
