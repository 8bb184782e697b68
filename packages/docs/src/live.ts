import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { dirname } from "node:path";
import { serveFolder } from "./server.ts";

const script = `new EventSource("/changes").onmessage = () => location.reload();`;
const hash = createHash("sha256").update(script).digest("base64");

/**
 * Serves a page, and what is beside it, on this machine only. Whoever has the page open gets it anew with `reload`.
 *
 * @throws Error when the port is taken.
 */
export async function serveLive(page: string, port: number): Promise<{ url: string; reload(): void; close(): void }> {
  const open = new Set<ServerResponse>();
  const { url, server } = await serveFolder(dirname(page), port, {
    fresh: true,
    before(request, response) {
      const [path] = request.url?.split("?") ?? [];
      if (path === "/changes") {
        response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
        open.add(response);
        request.once("close", () => open.delete(response));
        return true;
      }
      if (path !== "/" || !existsSync(page)) return false;
      response.writeHead(200, { "Content-Type": "text/html;charset=utf-8", "Cache-Control": "no-store" });
      response.end(makeLive(readFileSync(page, "utf8")));
      return true;
    },
  });
  return {
    url,
    reload() {
      for (const response of open) response.write("data: changed\n\n");
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function makeLive(page: string): string {
  return page
    .replace("script-src ", `connect-src 'self'; script-src 'sha256-${hash}' `)
    .replace("</head>", `<script>${script}</script></head>`);
}
