/*
 * Keeps what was loaded once, so that the page works without a network. Asks the network first, since keys and lists of
 * withdrawn certificates must not grow old while there is one. Nothing of a certificate passes through here: what stands behind `#` is
 * never part of a request.
 */

interface WorkerEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

const store = "lulus-1";
const worker = globalThis as unknown as {
  addEventListener(name: string, listener: (event: WorkerEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
};

worker.addEventListener("install", (event) => {
  const needed = ["./", "keys.json", "status/0.json"];
  event.waitUntil(
    caches
      .open(store)
      .then((cache) => Promise.all(needed.map((path) => cache.add(path).catch(() => {}))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(store);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept !== undefined) return kept;
    throw error;
  }
}
