import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { page, style } from "./page.js";
import type { Gallery } from "./sight.js";

/*
 * Certificates are personal data, so the server answers this machine alone: it listens on the loopback address, and
 * refuses names other than its own, under which a page elsewhere could make a browser ask for it.
 */

const security = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

export interface PreviewServer {
  readonly url: string;
  /** Tells all open pages to look again. */
  announce(version: number): void;
  close(): void;
}

/** @param port 0: any that is free. Rejects with the system's error if the port is taken. */
export async function servePreview(gallery: Gallery, port: number): Promise<PreviewServer> {
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    respond(gallery, listeners, request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      send(
        response,
        500,
        "text/plain; charset=utf-8",
        error instanceof Error ? error.message : String(error),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    announce(version) {
      for (const listener of listeners) listener.write(`data: ${version}\n\n`);
    },
    close() {
      for (const listener of listeners) listener.end();
      server.close();
      server.closeAllConnections();
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function respond(
  gallery: Gallery,
  listeners: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
    return send(response, 403, "text/plain; charset=utf-8", "this preview answers to 127.0.0.1 only");
  }
  if (request.method !== "GET") return send(response, 405, "text/plain; charset=utf-8", "GET only");
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  switch (pathname) {
    case "/":
      return send(response, 200, "text/html; charset=utf-8", page);
    case "/preview.css":
      return send(response, 200, "text/css; charset=utf-8", style);
    case "/preview.js":
      return send(response, 200, "text/javascript; charset=utf-8", script());
    case "/favicon.ico":
      return send(response, 204, "image/x-icon", "");
    case "/sight":
      return send(response, 200, "application/json", JSON.stringify(await gallery.sight()));
    case "/changes":
      return listen(listeners, response);
    case "/certificate.pdf":
    case "/certificate.png":
      return await certificate(gallery, pathname, searchParams, response);
    default:
      return send(response, 404, "text/plain; charset=utf-8", "there is no such page");
  }
}

/** The compiled form of `browser/page.ts`. Bundled or not, this file lies one folder below `dist`. */
function script(): string {
  return readFileSync(fileURLToPath(new URL("../preview/browser/page.js", import.meta.url)), "utf8");
}

async function certificate(
  gallery: Gallery,
  path: string,
  asked: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const proof = await gallery.proof(asked.get("award") ?? "", asked.get("specimen") ?? "");
  if (proof === null) return send(response, 404, "text/plain; charset=utf-8", "there is no such certificate");
  if ("troubles" in proof)
    return send(response, 422, "application/json", JSON.stringify({ troubles: proof.troubles }));
  if (path === "/certificate.pdf") return send(response, 200, "application/pdf", proof.pdf);
  const dpi = Math.min(600, Math.max(36, Number(asked.get("dpi")) || 96));
  const picture = await gallery.picture(proof.pdf, Number(asked.get("page")) || 0, dpi);
  if (picture === null) return send(response, 404, "text/plain; charset=utf-8", "there is no such page");
  response.setHeader("X-Pages", String(proof.pages));
  send(response, 200, "image/png", picture);
}

function listen(listeners: Set<ServerResponse>, response: ServerResponse): void {
  response.writeHead(200, { ...security, "Content-Type": "text/event-stream" });
  response.write(": here\n\n");
  listeners.add(response);
  response.on("close", () => listeners.delete(response));
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { ...security, "Content-Type": type });
  response.end(body);
}
