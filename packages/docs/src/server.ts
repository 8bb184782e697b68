import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";

/**
 * Serves a folder on this machine only.
 *
 * @param port 0 for any free port.
 * @param options.fresh Whether to look at the disk on every request. Default: false.
 * @param options.before Answers some requests itself: whether it does is what it gives.
 * @throws Error when the port is taken.
 */
export async function serveFolder(
  folder: string,
  port: number,
  { fresh = false, before }: { fresh?: boolean; before?: (...exchange: Parameters<RequestListener>) => boolean } = {},
): Promise<{ url: string; server: Server }> {
  const serveFile = sirv(folder, { dev: fresh, etag: true });
  const server = createServer((request, response) => {
    if (before?.(request, response)) return;
    serveFile(request, response, () => {
      response.writeHead(404).end("Not found. The page is at /\n");
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${port} is taken. End what listens there, or choose another port with --port.`);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
